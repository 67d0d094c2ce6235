-- An import of records that was undone as a whole: by whom, when and why.
ALTER TABLE record_imports ADD undone_at datetime2(3) NULL;
ALTER TABLE record_imports ADD undone_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE record_imports ADD undone_by_name nvarchar(100) NULL;
ALTER TABLE record_imports ADD undo_reason nvarchar(max) NULL;
GO

-- What was undone never was: it is not taken up again, and the same sheet may come anew.
ALTER TABLE parcels ADD undone int NOT NULL CONSTRAINT df_parcels_undone DEFAULT 0;
ALTER TABLE events ADD undone int NOT NULL CONSTRAINT df_events_undone DEFAULT 0;
GO

-- A version of a target that was taken back before anybody published it.
ALTER TABLE targets ADD withdrawn_at datetime2(3) NULL;
GO

-- With whom needs were matched, and which notices name an event.
CREATE INDEX ix_matches_party ON matches (party_id);
CREATE INDEX ix_signing_notices_event ON signing_notices (event_id) WHERE event_id IS NOT NULL;
GO
