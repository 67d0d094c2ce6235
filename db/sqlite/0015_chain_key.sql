-- The chain of a project is compared by its very letters on every engine.
ALTER TABLE projects ADD COLUMN chain_key TEXT NULL;
UPDATE projects SET chain_key = chain WHERE chain IS NOT NULL;
DROP INDEX ix_projects_chain;
ALTER TABLE projects DROP COLUMN chain;
CREATE INDEX ix_projects_chain ON projects (chain_key, seq);
