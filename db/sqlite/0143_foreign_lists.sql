-- What was known of foreign enterprises from which day on, so that the lists of a month are made from what was known then (R138). Rows are only ever added.
CREATE TABLE foreign_facts (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  enterprise_id TEXT NOT NULL,
  known_on TEXT NOT NULL,
  details TEXT NOT NULL
);
CREATE INDEX ix_foreign_facts_enterprise ON foreign_facts (enterprise_id, seq);
INSERT INTO foreign_facts (enterprise_id, known_on, details)
  SELECT e.id, e.trusted_since, e.details FROM library_entries e WHERE e.library = 'foreign-enterprises';

-- Visits to enterprises on a list, and what came of them.
CREATE TABLE foreign_visits (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  enterprise_id TEXT NOT NULL,
  list TEXT NOT NULL,
  visited_on TEXT NOT NULL,
  outcome TEXT NULL,
  note TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_by_name TEXT NOT NULL,
  recorded_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_foreign_visits_id ON foreign_visits (id);
CREATE INDEX ix_foreign_visits_enterprise ON foreign_visits (enterprise_id, list, seq);
