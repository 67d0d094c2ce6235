-- What is uploaded lies in parts, so that neither taking it in nor handing it out needs memory for all of it. What is there already is one part.
ALTER TABLE file_contents ADD number int NOT NULL CONSTRAINT df_file_contents_number DEFAULT 0;
GO
ALTER TABLE file_contents DROP CONSTRAINT pk_file_contents;
GO
ALTER TABLE file_contents ADD CONSTRAINT pk_file_contents PRIMARY KEY (file_id, number);
GO
ALTER TABLE import_files ADD number int NOT NULL CONSTRAINT df_import_files_number DEFAULT 0;
GO
ALTER TABLE import_files DROP CONSTRAINT pk_import_files;
GO
ALTER TABLE import_files ADD CONSTRAINT pk_import_files PRIMARY KEY (import_id, number);
GO

-- How much somebody has uploaded that belongs to nothing yet.
CREATE INDEX ix_files_unattached ON files (uploaded_by, uploaded_at) WHERE project_id IS NULL AND claim_id IS NULL AND dispute_id IS NULL;
GO
