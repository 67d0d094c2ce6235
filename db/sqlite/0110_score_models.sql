-- Score models (R111): drafted by one person, published by another, then fixed. A year may have several; the last published one is in force.
CREATE TABLE score_models (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  status TEXT NOT NULL,
  body TEXT NOT NULL,
  drafted_by TEXT NOT NULL,
  drafted_by_name TEXT NOT NULL,
  drafted_at TEXT NOT NULL,
  published_by TEXT NULL,
  published_by_name TEXT NULL,
  published_at TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_score_models_id ON score_models (id);
CREATE UNIQUE INDEX ux_score_models_number ON score_models (year, number);

-- Marks that persons give (R111), in millionths. Rows are only ever added, the last version stands.
CREATE TABLE score_marks (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  model_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  mark INTEGER NULL,
  reason TEXT NOT NULL,
  given_by TEXT NOT NULL,
  given_by_name TEXT NOT NULL,
  given_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_score_marks_version ON score_marks (model_id, unit_id, item_id, version);

-- Rehearsals: the model as it was then, and the year on whose facts it is tried. What comes out is never kept.
CREATE TABLE score_rehearsals (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  model_id TEXT NOT NULL,
  model_version INTEGER NOT NULL,
  body TEXT NOT NULL,
  year INTEGER NOT NULL,
  asked_by TEXT NOT NULL,
  asked_by_name TEXT NOT NULL,
  asked_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_score_rehearsals_id ON score_rehearsals (id);
