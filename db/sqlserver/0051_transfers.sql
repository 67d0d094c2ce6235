-- A project in talks is offered to the unit where it fits (R40–R43a). What was offered stands as it stood; the last instant of acceptance is fixed when it is proposed.
CREATE TABLE transfers (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  from_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  to_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  reason nvarchar(max) NOT NULL,
  offer nvarchar(max) NOT NULL,
  by_centre int NOT NULL,
  proposed_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  proposed_by_name nvarchar(100) NOT NULL,
  proposed_at datetime2(3) NOT NULL,
  accept_until datetime2(3) NOT NULL,
  accepted_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  accepted_by_name nvarchar(100) NULL,
  accepted_at datetime2(3) NULL,
  decide_until datetime2(3) NULL,
  ended_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  ended_by_name nvarchar(100) NULL,
  ended_at datetime2(3) NULL,
  end_reason varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  end_note nvarchar(max) NULL,
  claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_transfers PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_transfers_id ON transfers (id);
CREATE UNIQUE INDEX ux_transfers_open ON transfers (project_id) WHERE ended_at IS NULL;
CREATE INDEX ix_transfers_project ON transfers (project_id, status);
CREATE INDEX ix_transfers_from ON transfers (from_id, seq);
CREATE INDEX ix_transfers_to ON transfers (to_id, seq);
CREATE INDEX ix_transfers_status ON transfers (status, seq);
CREATE INDEX ix_transfers_due ON transfers (status, accept_until);
GO

-- What a notice leads to.
ALTER TABLE notices ADD transfer_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
GO
