-- Capital paid in, entry by entry with its voucher (R60–R64); what was verified is never changed, only reversed.
CREATE TABLE capital_entries (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  occurred_on date NOT NULL,
  amount bigint NOT NULL,
  currency varchar(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  payer nvarchar(200) NULL,
  voucher_kind varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  voucher_no nvarchar(100) NOT NULL,
  voucher_key nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  files nvarchar(max) NOT NULL,
  is_foreign int NOT NULL,
  submitted_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  submitted_by_name nvarchar(100) NOT NULL,
  submitted_at datetime2(3) NOT NULL,
  decided_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  decided_by_name nvarchar(100) NULL,
  decided_at datetime2(3) NULL,
  period varchar(7) COLLATE Latin1_General_100_BIN2 NULL,
  belongs_to varchar(7) COLLATE Latin1_General_100_BIN2 NULL,
  reversed_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  reversed_by_name nvarchar(100) NULL,
  reversed_at datetime2(3) NULL,
  reason nvarchar(max) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_capital_entries PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_capital_entries_id ON capital_entries (id);
CREATE INDEX ix_capital_entries_project ON capital_entries (project_id, seq);
CREATE INDEX ix_capital_entries_unit ON capital_entries (jurisdiction_id, seq);
CREATE INDEX ix_capital_entries_status ON capital_entries (status, seq);
CREATE INDEX ix_capital_entries_voucher ON capital_entries (voucher_key, voucher_kind);
GO

-- Fixed-asset investment of a project in a year, as statistics have it (R65).
CREATE TABLE fixed_investments (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  year int NOT NULL,
  amount bigint NOT NULL,
  currency varchar(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
  source nvarchar(200) NOT NULL,
  recorded_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  recorded_by_name nvarchar(100) NOT NULL,
  recorded_at datetime2(3) NOT NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  CONSTRAINT pk_fixed_investments PRIMARY KEY (project_id, year)
);
GO
