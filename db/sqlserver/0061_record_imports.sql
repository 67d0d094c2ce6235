-- Sheets of capital, signing notices and statistics that were taken in: of every row what stood there and what became of it (R50).
CREATE TABLE record_imports (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  file_name nvarchar(200) NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  created_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  created_by_name nvarchar(100) NOT NULL,
  created_at datetime2(3) NOT NULL,
  rows_accepted int NOT NULL,
  rows_unchanged int NOT NULL,
  rows_rejected int NOT NULL,
  rows_doubtful int NOT NULL,
  columns_read nvarchar(max) NOT NULL,
  rows_taken nvarchar(max) NOT NULL,
  CONSTRAINT pk_record_imports PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_record_imports_id ON record_imports (id);
CREATE INDEX ix_record_imports_unit ON record_imports (jurisdiction_id, seq);
GO
