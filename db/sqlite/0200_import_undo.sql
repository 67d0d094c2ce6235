-- An import that was undone as a whole: by whom, when and why. And which rows it was to take: all, or those without doubts.
ALTER TABLE imports ADD COLUMN undone_at TEXT NULL;
ALTER TABLE imports ADD COLUMN undone_by TEXT NULL;
ALTER TABLE imports ADD COLUMN undone_by_name TEXT NULL;
ALTER TABLE imports ADD COLUMN undo_reason TEXT NULL;
ALTER TABLE imports ADD COLUMN rows_taken TEXT NOT NULL DEFAULT 'all';
ALTER TABLE imports ADD COLUMN rows_held_back INTEGER NOT NULL DEFAULT 0;

-- What was told of its projects, and what other systems call them.
CREATE INDEX ix_notices_project ON notices (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX ix_external_refs_project ON external_refs (project_id);
