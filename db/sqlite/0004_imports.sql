-- Registers taken in: the file, and for each row what stood there, what was understood and what became of it. Kept for ever (R50).
CREATE TABLE imports (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  field_map TEXT NOT NULL,
  import_mode TEXT NOT NULL,
  dry_run INTEGER NOT NULL,
  status TEXT NOT NULL,
  jurisdiction_id TEXT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  finished_at TEXT NULL,
  rows_total INTEGER NOT NULL,
  rows_done INTEGER NOT NULL,
  rows_accepted INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL,
  rows_doubtful INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  headers TEXT NOT NULL,
  issue_counts TEXT NOT NULL,
  failure TEXT NULL,
  lease TEXT NULL,
  leased_until TEXT NULL,
  version INTEGER NOT NULL
);
CREATE UNIQUE INDEX ux_imports_id ON imports (id);
CREATE INDEX ix_imports_status ON imports (status, seq);
CREATE INDEX ix_imports_unit ON imports (jurisdiction_id, seq);

CREATE TABLE import_files (
  import_id TEXT NOT NULL,
  content BLOB NOT NULL,
  CONSTRAINT pk_import_files PRIMARY KEY (import_id)
);

CREATE TABLE import_rows (
  import_id TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  outcome TEXT NOT NULL,
  doubtful INTEGER NOT NULL,
  action_taken TEXT NOT NULL,
  project_id TEXT NULL,
  claim_id TEXT NULL,
  codes TEXT NOT NULL,
  original TEXT NOT NULL,
  parsed TEXT NOT NULL,
  issues TEXT NOT NULL,
  matches TEXT NOT NULL,
  changes TEXT NOT NULL,
  CONSTRAINT pk_import_rows PRIMARY KEY (import_id, row_number)
);
CREATE INDEX ix_import_rows_content ON import_rows (content_hash);

-- A row whose name stands in the library already is recognised by it (R53).
CREATE INDEX ix_projects_name_key ON projects (name_key);
