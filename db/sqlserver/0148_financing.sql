-- Needs of financing (R135), of a project or of an enterprise without one; those of a project belong to its owner. Amounts in hundredths.
CREATE TABLE financing_needs (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  unit_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  enterprise nvarchar(200) NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stage varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  chain nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  amount bigint NOT NULL,
  currency char(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
  valid_until_on date NULL,
  note nvarchar(max) NULL,
  retire_reason nvarchar(max) NULL,
  added_on date NOT NULL,
  added_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  added_by_name nvarchar(100) NOT NULL,
  added_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_financing_needs PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_financing_needs_id ON financing_needs (id);
CREATE INDEX ix_financing_needs_unit ON financing_needs (unit_id, seq);
CREATE INDEX ix_financing_needs_project ON financing_needs (project_id);
GO

-- Needs brought together with an institution or a fund of the libraries, step by step.
CREATE TABLE matches (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  need_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  party_kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  party_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  state varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  last_on date NOT NULL,
  amount bigint NULL,
  currency char(3) COLLATE Latin1_General_100_BIN2 NULL,
  financed_on date NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  proposed_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  proposed_by_name nvarchar(100) NOT NULL,
  proposed_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_matches PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_matches_id ON matches (id);
CREATE INDEX ix_matches_need ON matches (need_id, seq);
CREATE INDEX ix_matches_state ON matches (state, seq);
GO

CREATE TABLE match_steps (
  seq bigint IDENTITY(1,1) NOT NULL,
  match_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  to_state varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  note nvarchar(max) NOT NULL,
  stepped_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stepped_by_name nvarchar(100) NOT NULL,
  stepped_at datetime2(3) NOT NULL,
  CONSTRAINT pk_match_steps PRIMARY KEY (seq)
);
CREATE INDEX ix_match_steps_match ON match_steps (match_id, seq);
GO
