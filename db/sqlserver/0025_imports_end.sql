-- An import ends: after so many starts without a row taken it has failed. What and where the failure is goes with its code.
ALTER TABLE imports ADD attempts int NOT NULL CONSTRAINT df_imports_attempts DEFAULT 0;
ALTER TABLE imports ADD failure_args nvarchar(max) NULL;
GO

-- What waits or runs, by unit: few, however many there have been.
CREATE INDEX ix_imports_open ON imports (jurisdiction_id, seq) WHERE status IN ('queued', 'running');
GO
