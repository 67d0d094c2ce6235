-- Registers taken in: the file, and for each row what stood there, what was understood and what became of it. Kept for ever (R50).
CREATE TABLE imports (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  file_name nvarchar(200) NOT NULL,
  field_map nvarchar(max) NOT NULL,
  import_mode varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  dry_run int NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  created_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  created_by_name nvarchar(100) NOT NULL,
  created_at datetime2(3) NOT NULL,
  finished_at datetime2(3) NULL,
  rows_total int NOT NULL,
  rows_done int NOT NULL,
  rows_accepted int NOT NULL,
  rows_rejected int NOT NULL,
  rows_doubtful int NOT NULL,
  duplicates int NOT NULL,
  headers nvarchar(max) NOT NULL,
  issue_counts nvarchar(max) NOT NULL,
  failure varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  lease varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  leased_until datetime2(3) NULL,
  version bigint NOT NULL,
  CONSTRAINT pk_imports PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_imports_id ON imports (id);
CREATE INDEX ix_imports_status ON imports (status, seq);
CREATE INDEX ix_imports_unit ON imports (jurisdiction_id, seq);
GO

CREATE TABLE import_files (
  import_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  content varbinary(max) NOT NULL,
  CONSTRAINT pk_import_files PRIMARY KEY (import_id)
);
GO

CREATE TABLE import_rows (
  import_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  row_number int NOT NULL,
  content_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  outcome varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  doubtful int NOT NULL,
  action_taken varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  codes varchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
  original nvarchar(max) NOT NULL,
  parsed nvarchar(max) NOT NULL,
  issues nvarchar(max) NOT NULL,
  matches nvarchar(max) NOT NULL,
  changes nvarchar(max) NOT NULL,
  CONSTRAINT pk_import_rows PRIMARY KEY (import_id, row_number)
);
CREATE INDEX ix_import_rows_content ON import_rows (content_hash);
GO

-- A row whose name stands in the library already is recognised by it (R53).
CREATE INDEX ix_projects_name_key ON projects (name_key);
GO
