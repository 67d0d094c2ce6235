-- Notice to the centre of a signing to come (R30–R33): at most one of a project is open.
CREATE TABLE signing_notices (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  filed_on date NOT NULL,
  filed_at datetime2(3) NOT NULL,
  filed_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  filed_by_name nvarchar(100) NOT NULL,
  planned_on date NOT NULL,
  parties nvarchar(500) NOT NULL,
  amount bigint NOT NULL,
  currency varchar(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
  place nvarchar(200) NULL,
  event_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  leaders_wanted nvarchar(500) NULL,
  signed_on date NULL,
  timely int NOT NULL,
  waived_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  waived_by_name nvarchar(100) NULL,
  waived_at datetime2(3) NULL,
  waive_reason nvarchar(max) NULL,
  ended_at datetime2(3) NULL,
  end_reason nvarchar(max) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_signing_notices PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_signing_notices_id ON signing_notices (id);
CREATE UNIQUE INDEX ux_signing_notices_open ON signing_notices (project_id) WHERE status = 'open';
CREATE INDEX ix_signing_notices_project ON signing_notices (project_id, seq);
CREATE INDEX ix_signing_notices_unit ON signing_notices (jurisdiction_id, planned_on, seq);
CREATE INDEX ix_signing_notices_planned ON signing_notices (planned_on, seq);
GO
