-- What is uploaded lies in parts, so that neither taking it in nor handing it out needs memory for all of it. What is there already is one part.
CREATE TABLE file_parts (
  file_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  content BLOB NOT NULL,
  CONSTRAINT pk_file_contents PRIMARY KEY (file_id, number)
);
INSERT INTO file_parts (file_id, number, content) SELECT file_id, 0, content FROM file_contents;
DROP TABLE file_contents;
ALTER TABLE file_parts RENAME TO file_contents;

CREATE TABLE import_parts (
  import_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  content BLOB NOT NULL,
  CONSTRAINT pk_import_files PRIMARY KEY (import_id, number)
);
INSERT INTO import_parts (import_id, number, content) SELECT import_id, 0, content FROM import_files;
DROP TABLE import_files;
ALTER TABLE import_parts RENAME TO import_files;

-- How much somebody has uploaded that belongs to nothing yet.
CREATE INDEX ix_files_unattached ON files (uploaded_by, uploaded_at) WHERE project_id IS NULL AND claim_id IS NULL AND dispute_id IS NULL;
