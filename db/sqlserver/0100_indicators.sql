-- Indicators that the centre defines (R100): drafted by one person, published by another, then fixed. The built-in ones are the program's.
CREATE TABLE indicators (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  body nvarchar(max) NOT NULL,
  drafted_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  drafted_by_name nvarchar(100) NOT NULL,
  drafted_at datetime2(3) NOT NULL,
  published_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  published_by_name nvarchar(100) NULL,
  published_at datetime2(3) NULL,
  retired_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  retired_by_name nvarchar(100) NULL,
  retired_at datetime2(3) NULL,
  retire_reason nvarchar(max) NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_indicators PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_indicators_id ON indicators (id);
GO

-- What is stated of an indicator that is not made from the ledger: a unit's value for a period, in millionths; '' is the city. Rows are only ever added, the last version stands.
CREATE TABLE indicator_values (
  seq bigint IDENTITY(1,1) NOT NULL,
  indicator_id varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  unit_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  period varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  value bigint NULL,
  source nvarchar(500) NOT NULL,
  stated_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stated_by_name nvarchar(100) NOT NULL,
  stated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_indicator_values PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_indicator_values_version ON indicator_values (indicator_id, unit_id, period, version);
CREATE INDEX ix_indicator_values_period ON indicator_values (period, seq);
GO

-- Targets by year, unit and indicator (R102), in millionths; '' is the city. Rows are only ever added; a version is in force once a second person published it.
CREATE TABLE targets (
  seq bigint IDENTITY(1,1) NOT NULL,
  year int NOT NULL,
  unit_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  indicator_id varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  value bigint NULL,
  binding int NOT NULL,
  reason nvarchar(500) NOT NULL,
  set_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  set_by_name nvarchar(100) NOT NULL,
  set_at datetime2(3) NOT NULL,
  published_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  published_by_name nvarchar(100) NULL,
  published_at datetime2(3) NULL,
  CONSTRAINT pk_targets PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_targets_version ON targets (year, unit_id, indicator_id, version);
GO
