-- First reports in the order of receipt. The filtered index is what makes two active claims of one project impossible (R16).
CREATE TABLE claims (
  sequence INTEGER NOT NULL,
  id TEXT NOT NULL,
  project_id TEXT NULL,
  jurisdiction_id TEXT NOT NULL,
  reported_by TEXT NOT NULL,
  reported_by_name TEXT NOT NULL,
  status TEXT NOT NULL,
  received_at TEXT NOT NULL,
  activated_at TEXT NULL,
  expires_at TEXT NULL,
  ended_at TEXT NULL,
  end_reason TEXT NULL,
  rule_set_id TEXT NOT NULL,
  extensions INTEGER NOT NULL,
  name TEXT NOT NULL,
  report TEXT NOT NULL,
  contacts TEXT NOT NULL,
  own_project_id TEXT NULL,
  too_many INTEGER NOT NULL,
  salt TEXT NOT NULL,
  canonical TEXT NOT NULL,
  receipt_hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT pk_claims PRIMARY KEY (sequence)
);
CREATE UNIQUE INDEX ux_claims_id ON claims (id);
CREATE UNIQUE INDEX ux_claims_receipt ON claims (receipt_hash);
CREATE UNIQUE INDEX ux_claims_previous ON claims (previous_hash);
CREATE UNIQUE INDEX ux_claims_active ON claims (project_id) WHERE status = 'active';
CREATE INDEX ix_claims_project ON claims (project_id, sequence);
CREATE INDEX ix_claims_unit ON claims (jurisdiction_id, sequence);
CREATE INDEX ix_claims_status ON claims (status, expires_at);

CREATE TABLE claim_matches (
  claim_id TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  level TEXT NOT NULL,
  reasons TEXT NOT NULL,
  decision TEXT NULL,
  decided_by TEXT NULL,
  decided_at TEXT NULL,
  CONSTRAINT pk_claim_matches PRIMARY KEY (claim_id, subject_kind, subject_id)
);
CREATE INDEX ix_claim_matches_subject ON claim_matches (subject_id, claim_id);

-- What the centre's eyes only see of a registration below the threshold, or an edit, that matched another unit's project (R10a).
CREATE TABLE project_matches (
  project_id TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  level TEXT NOT NULL,
  reasons TEXT NOT NULL,
  found_at TEXT NOT NULL,
  CONSTRAINT pk_project_matches PRIMARY KEY (project_id, subject_kind, subject_id)
);
