-- How far the referrer of a project was confirmed (R136). Who it is stands sealed in the project, with its contacts.
CREATE TABLE referrers (
  project_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  named_by TEXT NOT NULL,
  named_by_name TEXT NOT NULL,
  named_at TEXT NOT NULL,
  statement_file TEXT NULL,
  investor_at TEXT NULL,
  unit_by TEXT NULL,
  unit_by_name TEXT NULL,
  unit_at TEXT NULL,
  centre_by TEXT NULL,
  centre_by_name TEXT NULL,
  centre_at TEXT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT pk_referrers PRIMARY KEY (project_id)
);
