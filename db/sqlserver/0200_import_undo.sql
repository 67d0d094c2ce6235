-- An import that was undone as a whole: by whom, when and why. And which rows it was to take: all, or those without doubts.
ALTER TABLE imports ADD undone_at datetime2(3) NULL;
ALTER TABLE imports ADD undone_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE imports ADD undone_by_name nvarchar(100) NULL;
ALTER TABLE imports ADD undo_reason nvarchar(max) NULL;
ALTER TABLE imports ADD rows_taken varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT df_imports_rows_taken DEFAULT 'all';
ALTER TABLE imports ADD rows_held_back int NOT NULL CONSTRAINT df_imports_rows_held_back DEFAULT 0;
GO

-- What was told of its projects, and what other systems call them.
CREATE INDEX ix_notices_project ON notices (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX ix_external_refs_project ON external_refs (project_id);
GO
