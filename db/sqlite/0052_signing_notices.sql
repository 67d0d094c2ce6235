-- Notice to the centre of a signing to come (R30–R33): at most one of a project is open.
CREATE TABLE signing_notices (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  status TEXT NOT NULL,
  filed_on TEXT NOT NULL,
  filed_at TEXT NOT NULL,
  filed_by TEXT NOT NULL,
  filed_by_name TEXT NOT NULL,
  planned_on TEXT NOT NULL,
  parties TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  place TEXT NULL,
  event_id TEXT NULL,
  leaders_wanted TEXT NULL,
  signed_on TEXT NULL,
  timely INTEGER NOT NULL,
  waived_by TEXT NULL,
  waived_by_name TEXT NULL,
  waived_at TEXT NULL,
  waive_reason TEXT NULL,
  ended_at TEXT NULL,
  end_reason TEXT NULL,
  rule_set_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_signing_notices_id ON signing_notices (id);
CREATE UNIQUE INDEX ux_signing_notices_open ON signing_notices (project_id) WHERE status = 'open';
CREATE INDEX ix_signing_notices_project ON signing_notices (project_id, seq);
CREATE INDEX ix_signing_notices_unit ON signing_notices (jurisdiction_id, planned_on, seq);
CREATE INDEX ix_signing_notices_planned ON signing_notices (planned_on, seq);
