-- First reports in the order of receipt. The filtered index is what makes two active claims of one project impossible (R16).
CREATE TABLE claims (
  sequence bigint NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  reported_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  reported_by_name nvarchar(100) NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  received_at datetime2(3) NOT NULL,
  activated_at datetime2(3) NULL,
  expires_at datetime2(3) NULL,
  ended_at datetime2(3) NULL,
  end_reason nvarchar(2000) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  extensions int NOT NULL,
  name nvarchar(200) NOT NULL,
  report nvarchar(max) NOT NULL,
  contacts nvarchar(max) NOT NULL,
  own_project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  too_many int NOT NULL,
  salt varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  canonical nvarchar(max) NOT NULL,
  receipt_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  previous_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_claims PRIMARY KEY (sequence)
);
CREATE UNIQUE INDEX ux_claims_id ON claims (id);
CREATE UNIQUE INDEX ux_claims_receipt ON claims (receipt_hash);
CREATE UNIQUE INDEX ux_claims_previous ON claims (previous_hash);
CREATE UNIQUE INDEX ux_claims_active ON claims (project_id) WHERE status = 'active';
CREATE INDEX ix_claims_project ON claims (project_id, sequence);
CREATE INDEX ix_claims_unit ON claims (jurisdiction_id, sequence);
CREATE INDEX ix_claims_status ON claims (status, expires_at);
GO

CREATE TABLE claim_matches (
  claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_kind varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  level varchar(4) COLLATE Latin1_General_100_BIN2 NOT NULL,
  reasons nvarchar(400) NOT NULL,
  decision varchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  decided_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  decided_at datetime2(3) NULL,
  CONSTRAINT pk_claim_matches PRIMARY KEY (claim_id, subject_kind, subject_id)
);
CREATE INDEX ix_claim_matches_subject ON claim_matches (subject_id, claim_id);
GO

-- What the centre's eyes only see of a registration below the threshold, or an edit, that matched another unit's project (R10a).
CREATE TABLE project_matches (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_kind varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  level varchar(4) COLLATE Latin1_General_100_BIN2 NOT NULL,
  reasons nvarchar(400) NOT NULL,
  found_at datetime2(3) NOT NULL,
  CONSTRAINT pk_project_matches PRIMARY KEY (project_id, subject_kind, subject_id)
);
GO
