-- What an import brought that was undone never was: the project says so, and is not taken up again.
UPDATE projects
SET flags = CASE WHEN flags = N'[]' THEN N'["import-undone"]' ELSE REPLACE(flags, N']', N',"import-undone"]') END
WHERE stage = 'terminated'
  AND EXISTS (SELECT 1 FROM timeline t WHERE t.project_id = projects.id AND t.kind = 'import-undone');
GO
