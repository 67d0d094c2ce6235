-- One firm, one project, written otherwise: the keys by which other spellings are found, in the order in which they are read.
CREATE TABLE investor_spellings (
  gram nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  mark int NOT NULL,
  investor_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  form nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_investor_spellings PRIMARY KEY (gram, mark, investor_id, form)
);
CREATE TABLE project_spellings (
  gram nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  mark int NOT NULL,
  project_seq bigint NOT NULL,
  CONSTRAINT pk_project_spellings PRIMARY KEY (gram, mark, project_seq)
);
GO

-- Two names that the centre knows to be of one firm, and the forms by which each side is recognised.
CREATE TABLE firm_aliases (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name nvarchar(200) NOT NULL,
  other_name nvarchar(200) NOT NULL,
  source varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  created_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  created_by_name nvarchar(200) NOT NULL,
  created_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  CONSTRAINT pk_firm_aliases PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_firm_aliases_id ON firm_aliases (id);
CREATE TABLE firm_alias_forms (
  form nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
  alias_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  side int NOT NULL,
  CONSTRAINT pk_firm_alias_forms PRIMARY KEY (form, alias_id, side)
);
CREATE INDEX ix_firm_alias_forms_alias ON firm_alias_forms (alias_id);
GO

-- Pairs of projects that the centre decided to be two; each stands here in both orders.
CREATE TABLE distinct_projects (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  other_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  decided_at datetime2(3) NOT NULL,
  CONSTRAINT pk_distinct_projects PRIMARY KEY (project_id, other_id)
);
GO

-- The program gives them to the projects that are there already, from the newest down.
INSERT INTO settings (name, value) SELECT 'spellings-below', CAST(MAX(seq) + 1 AS varchar(20)) FROM projects HAVING COUNT(*) > 0;
