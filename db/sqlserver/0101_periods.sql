-- Periods of the books that were closed, months and 13th periods (R105, R106). One that was opened again keeps its row (R109).
CREATE TABLE periods (
  period varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  snapshot_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  closed_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  closed_by_name nvarchar(100) NOT NULL,
  closed_at datetime2(3) NOT NULL,
  reopen_reason nvarchar(max) NULL,
  reopen_asked_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  reopen_asked_by_name nvarchar(100) NULL,
  reopen_asked_at datetime2(3) NULL,
  reopened_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  reopened_by_name nvarchar(100) NULL,
  reopened_at datetime2(3) NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_periods PRIMARY KEY (period)
);
GO

-- What a period came to when it was closed (R108). Rows are only ever added; a period that was opened again gets a further version.
CREATE TABLE snapshots (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  period varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  made_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  made_by_name nvarchar(100) NOT NULL,
  made_at datetime2(3) NOT NULL,
  ledger_seq bigint NOT NULL,
  ledger_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  basis nvarchar(max) NOT NULL,
  hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_snapshots PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_snapshots_id ON snapshots (id);
CREATE UNIQUE INDEX ux_snapshots_version ON snapshots (period, version);
GO

-- The figures of a snapshot by period: its month, and the quarter or year that ends with it. Scope 'whole' has every project, 'open' leaves out those that were secret then.
CREATE TABLE snapshot_tables (
  snapshot_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  period varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  scope varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  body nvarchar(max) NOT NULL,
  CONSTRAINT pk_snapshot_tables PRIMARY KEY (snapshot_id, period, scope)
);
