-- Removals of projects in talks that stand still (R94): proposed by the facts, told to the owner, at most one open a project.
CREATE TABLE removals (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  status TEXT NOT NULL,
  idle_since TEXT NOT NULL,
  due_on TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  contest_until TEXT NOT NULL,
  ended_at TEXT NULL,
  ended_by TEXT NULL,
  ended_by_name TEXT NULL,
  end_reason TEXT NULL,
  rule_set_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_removals_id ON removals (id);
CREATE UNIQUE INDEX ux_removals_open ON removals (project_id) WHERE status = 'proposed';
CREATE INDEX ix_removals_project ON removals (project_id, seq);
CREATE INDEX ix_removals_unit ON removals (jurisdiction_id, seq);
CREATE INDEX ix_removals_status ON removals (status, seq);
