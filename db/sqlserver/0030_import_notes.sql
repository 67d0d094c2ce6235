-- What was left out of a file, and what is odd about it as a whole.
ALTER TABLE imports ADD notes nvarchar(max) NOT NULL CONSTRAINT df_imports_notes DEFAULT N'[]';
