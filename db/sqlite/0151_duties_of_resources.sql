-- The first day on which an entry of a library is no longer to be trusted (R130), by which keepers are reminded: twelve months after trusted_since.
ALTER TABLE library_entries ADD COLUMN grey_from TEXT NULL;
UPDATE library_entries SET grey_from = CASE WHEN substr(trusted_since, 6, 5) = '02-29' THEN date(trusted_since, '-1 day', '+1 year') ELSE date(trusted_since, '+1 year') END;
CREATE INDEX ix_library_entries_grey ON library_entries (keeper_id, grey_from, seq) WHERE retired_at IS NULL;

-- Needs and results of a project are its owner's, by their own column.
UPDATE financing_needs SET unit_id = (SELECT p.owner_id FROM projects p WHERE p.id = financing_needs.project_id) WHERE project_id IS NOT NULL;
UPDATE event_results SET unit_id = (SELECT p.owner_id FROM projects p WHERE p.id = event_results.project_id) WHERE project_id IS NOT NULL;
CREATE INDEX ix_financing_needs_added ON financing_needs (added_on, seq);
CREATE INDEX ix_matches_open ON matches (last_on, seq) WHERE state <> 'financed' AND state <> 'dropped';
CREATE INDEX ix_event_results_assign ON event_results (assign_by_on, seq) WHERE outcome IS NULL AND assigned_on IS NULL;
