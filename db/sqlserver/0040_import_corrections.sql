-- What people made of an import: cells corrected, the import that goes on from it, and what they decided of proposed updates.
ALTER TABLE imports ADD based_on varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE imports ADD content_of varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE imports ADD set_aside int NOT NULL CONSTRAINT df_imports_set_aside DEFAULT 0;
GO
CREATE INDEX ix_imports_based_on ON imports (based_on) WHERE based_on IS NOT NULL;
CREATE INDEX ix_imports_creator ON imports (created_by, seq);
GO

-- What a person writes in the place of a cell; beside it what stood there when the import ran.
CREATE TABLE import_corrections (
  import_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  row_number int NOT NULL,
  place int NOT NULL,
  header nvarchar(max) NOT NULL,
  new_text nvarchar(max) NULL,
  applied_text nvarchar(max) NULL,
  pending int NOT NULL,
  CONSTRAINT pk_import_corrections PRIMARY KEY (import_id, row_number, place)
);

CREATE TABLE import_decisions (
  import_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  row_number int NOT NULL,
  decision varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  fields nvarchar(max) NOT NULL,
  decided_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  decided_by_name nvarchar(100) NOT NULL,
  decided_at datetime2(3) NOT NULL,
  CONSTRAINT pk_import_decisions PRIMARY KEY (import_id, row_number)
);
GO
