-- An import of records that was undone as a whole: by whom, when and why.
ALTER TABLE record_imports ADD COLUMN undone_at TEXT NULL;
ALTER TABLE record_imports ADD COLUMN undone_by TEXT NULL;
ALTER TABLE record_imports ADD COLUMN undone_by_name TEXT NULL;
ALTER TABLE record_imports ADD COLUMN undo_reason TEXT NULL;

-- What was undone never was: it is not taken up again, and the same sheet may come anew.
ALTER TABLE parcels ADD COLUMN undone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN undone INTEGER NOT NULL DEFAULT 0;

-- A version of a target that was taken back before anybody published it.
ALTER TABLE targets ADD COLUMN withdrawn_at TEXT NULL;

-- With whom needs were matched, and which notices name an event.
CREATE INDEX ix_matches_party ON matches (party_id);
CREATE INDEX ix_signing_notices_event ON signing_notices (event_id) WHERE event_id IS NOT NULL;
