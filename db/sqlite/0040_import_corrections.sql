-- What people made of an import: cells corrected, the import that goes on from it, and what they decided of proposed updates.
ALTER TABLE imports ADD COLUMN based_on TEXT NULL;
ALTER TABLE imports ADD COLUMN content_of TEXT NULL;
ALTER TABLE imports ADD COLUMN set_aside INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ix_imports_based_on ON imports (based_on) WHERE based_on IS NOT NULL;
CREATE INDEX ix_imports_creator ON imports (created_by, seq);

-- What a person writes in the place of a cell; beside it what stood there when the import ran.
CREATE TABLE import_corrections (
  import_id TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  header TEXT NOT NULL,
  new_text TEXT NULL,
  applied_text TEXT NULL,
  pending INTEGER NOT NULL,
  CONSTRAINT pk_import_corrections PRIMARY KEY (import_id, row_number, place)
);

CREATE TABLE import_decisions (
  import_id TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  decision TEXT NOT NULL,
  fields TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_by_name TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  CONSTRAINT pk_import_decisions PRIMARY KEY (import_id, row_number)
);
