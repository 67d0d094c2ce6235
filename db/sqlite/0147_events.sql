-- Events (R134): promotion, road-shows, signings, contests, talks; without an organiser the centre's. Results belong to the unit that has them, or recorded them; those with a project to its owner.
CREATE TABLE events (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  organiser_id TEXT NULL,
  kind TEXT NOT NULL,
  technology INTEGER NOT NULL,
  name TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  place TEXT NULL,
  participants TEXT NULL,
  note TEXT NULL,
  cancel_reason TEXT NULL,
  added_by TEXT NOT NULL,
  added_by_name TEXT NOT NULL,
  added_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_events_id ON events (id);
CREATE INDEX ix_events_starts ON events (starts_on, seq);

CREATE TABLE event_results (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  project_id TEXT NULL,
  unit_id TEXT NULL,
  carrier TEXT NULL,
  person_name TEXT NULL,
  person_id TEXT NULL,
  recorded_on TEXT NOT NULL,
  assign_by_on TEXT NOT NULL,
  assigned_on TEXT NULL,
  outcome TEXT NULL,
  outcome_note TEXT NULL,
  recorded_by TEXT NOT NULL,
  recorded_by_name TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_event_results_id ON event_results (id);
CREATE INDEX ix_event_results_event ON event_results (event_id, seq);
CREATE INDEX ix_event_results_unit ON event_results (unit_id, seq);
CREATE UNIQUE INDEX ux_event_results_project ON event_results (project_id) WHERE project_id IS NOT NULL AND kind = 'project';
