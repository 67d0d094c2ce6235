-- The chain of a project is compared by its very letters on every engine.
ALTER TABLE projects ADD chain_key nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL;
GO
UPDATE projects SET chain_key = chain WHERE chain IS NOT NULL;
DROP INDEX ix_projects_chain ON projects;
GO
ALTER TABLE projects DROP COLUMN chain;
CREATE INDEX ix_projects_chain ON projects (chain_key, seq);
