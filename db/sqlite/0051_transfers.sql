-- A project in talks is offered to the unit where it fits (R40–R43a). What was offered stands as it stood; the last instant of acceptance is fixed when it is proposed.
CREATE TABLE transfers (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  offer TEXT NOT NULL,
  by_centre INTEGER NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_by_name TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  accept_until TEXT NOT NULL,
  accepted_by TEXT NULL,
  accepted_by_name TEXT NULL,
  accepted_at TEXT NULL,
  decide_until TEXT NULL,
  ended_by TEXT NULL,
  ended_by_name TEXT NULL,
  ended_at TEXT NULL,
  end_reason TEXT NULL,
  end_note TEXT NULL,
  claim_id TEXT NULL,
  rule_set_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_transfers_id ON transfers (id);
CREATE UNIQUE INDEX ux_transfers_open ON transfers (project_id) WHERE ended_at IS NULL;
CREATE INDEX ix_transfers_project ON transfers (project_id, status);
CREATE INDEX ix_transfers_from ON transfers (from_id, seq);
CREATE INDEX ix_transfers_to ON transfers (to_id, seq);
CREATE INDEX ix_transfers_status ON transfers (status, seq);
CREATE INDEX ix_transfers_due ON transfers (status, accept_until);

-- What a notice leads to.
ALTER TABLE notices ADD COLUMN transfer_id TEXT NULL;
