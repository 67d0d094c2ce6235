-- How the credit of one project is divided by agreement of its units (异地落户, 飞地; R46): from its approval on, for its years from the start of works.
CREATE TABLE credit_agreements (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  status TEXT NOT NULL,
  shares TEXT NOT NULL,
  indicators TEXT NOT NULL,
  years INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_by_name TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  approved_by TEXT NULL,
  approved_by_name TEXT NULL,
  approved_at TEXT NULL,
  ended_by TEXT NULL,
  ended_by_name TEXT NULL,
  ended_at TEXT NULL,
  end_reason TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_credit_agreements_id ON credit_agreements (id);
CREATE UNIQUE INDEX ux_credit_agreements_approved ON credit_agreements (project_id) WHERE status = 'approved';
CREATE INDEX ix_credit_agreements_project ON credit_agreements (project_id, seq);
