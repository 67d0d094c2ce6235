-- Which days are worked in a year: the deadlines of disputes count working days (R23).
CREATE TABLE work_calendars (
  year int NOT NULL,
  holidays nvarchar(max) NOT NULL,
  workdays nvarchar(max) NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_work_calendars PRIMARY KEY (year)
);
GO

-- A unit contests what became of its report (R23). The deadlines are fixed when they begin; what the parties wrote, and the evidence as it stood, is only ever added to.
CREATE TABLE disputes (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  contestant_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  respondent_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  respondent_claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  outcome_at datetime2(3) NOT NULL,
  grounds nvarchar(max) NOT NULL,
  files nvarchar(max) NOT NULL,
  filed_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  filed_by_name nvarchar(100) NOT NULL,
  filed_at datetime2(3) NOT NULL,
  answer_due datetime2(3) NULL,
  answer nvarchar(max) NULL,
  answer_files nvarchar(max) NULL,
  answered_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  answered_by_name nvarchar(100) NULL,
  answered_at datetime2(3) NULL,
  decision_due datetime2(3) NOT NULL,
  outcome varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  reason nvarchar(max) NULL,
  false_report int NOT NULL,
  decided_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  decided_by_name nvarchar(100) NULL,
  decided_at datetime2(3) NULL,
  appeal_due datetime2(3) NULL,
  appellant_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  appeal_grounds nvarchar(max) NULL,
  appealed_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  appealed_by_name nvarchar(100) NULL,
  appealed_at datetime2(3) NULL,
  final_outcome varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  final_reason nvarchar(max) NULL,
  final_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  final_by_name nvarchar(100) NULL,
  final_at datetime2(3) NULL,
  granted_claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  evidence nvarchar(max) NOT NULL,
  evidence_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_disputes PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_disputes_id ON disputes (id);
CREATE UNIQUE INDEX ux_disputes_outcome ON disputes (claim_id, outcome_at);
CREATE INDEX ix_disputes_contestant ON disputes (contestant_id, seq);
CREATE INDEX ix_disputes_respondent ON disputes (respondent_id, seq);
CREATE INDEX ix_disputes_project ON disputes (project_id, seq);
CREATE INDEX ix_disputes_status ON disputes (status, seq);
GO

-- Who negotiates beside the holder by decision of a dispute.
CREATE TABLE co_negotiators (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  dispute_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  since datetime2(3) NOT NULL,
  CONSTRAINT pk_co_negotiators PRIMARY KEY (project_id, jurisdiction_id)
);
GO

-- Whom a proven false report bars from a project, and until when.
CREATE TABLE report_bars (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  dispute_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  until_at datetime2(3) NOT NULL,
  CONSTRAINT pk_report_bars PRIMARY KEY (project_id, jurisdiction_id)
);
GO

-- Since when a claim's window stands still.
ALTER TABLE claims ADD suspended_at datetime2(3) NULL;
GO

-- A file may prove something in a dispute: it is its parties' and the centre's.
ALTER TABLE files ADD dispute_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
GO
