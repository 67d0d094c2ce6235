-- Sheets of capital, signing notices and statistics that were taken in: of every row what stood there and what became of it (R50).
CREATE TABLE record_imports (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  jurisdiction_id TEXT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  rows_accepted INTEGER NOT NULL,
  rows_unchanged INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL,
  rows_doubtful INTEGER NOT NULL,
  columns_read TEXT NOT NULL,
  rows_taken TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_record_imports_id ON record_imports (id);
CREATE INDEX ix_record_imports_unit ON record_imports (jurisdiction_id, seq);
