-- Notes of a project's timeline and of its moves hold minutes, too.
ALTER TABLE timeline ALTER COLUMN note nvarchar(max) NULL;
GO
ALTER TABLE moves ALTER COLUMN note nvarchar(max) NULL;
GO
