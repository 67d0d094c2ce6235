-- What counts and is of no project (R45): entries of libraries and matches that were there already are written into the ledger by the program, from the newest down; events when their last day has come.
INSERT INTO settings (name, value) SELECT 'ledger-entries-below', CAST(MAX(seq) + 1 AS varchar(20)) FROM library_entries HAVING COUNT(*) > 0;
INSERT INTO settings (name, value) SELECT 'ledger-matches-below', CAST(MAX(seq) + 1 AS varchar(20)) FROM matches HAVING COUNT(*) > 0;
INSERT INTO settings (name, value) VALUES ('ledger-events-through', '0001-01-01');
CREATE INDEX ix_events_ends ON events (ends_on, seq);

-- The office whose lead became a project is its finder (R44).
CREATE INDEX ix_office_leads_project ON office_leads (project_id, seq);
GO
