-- Indicators that the centre defines (R100): drafted by one person, published by another, then fixed. The built-in ones are the program's.
CREATE TABLE indicators (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  status TEXT NOT NULL,
  body TEXT NOT NULL,
  drafted_by TEXT NOT NULL,
  drafted_by_name TEXT NOT NULL,
  drafted_at TEXT NOT NULL,
  published_by TEXT NULL,
  published_by_name TEXT NULL,
  published_at TEXT NULL,
  retired_by TEXT NULL,
  retired_by_name TEXT NULL,
  retired_at TEXT NULL,
  retire_reason TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_indicators_id ON indicators (id);

-- What is stated of an indicator that is not made from the ledger: a unit's value for a period, in millionths; '' is the city. Rows are only ever added, the last version stands.
CREATE TABLE indicator_values (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  indicator_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  period TEXT NOT NULL,
  version INTEGER NOT NULL,
  value INTEGER NULL,
  source TEXT NOT NULL,
  stated_by TEXT NOT NULL,
  stated_by_name TEXT NOT NULL,
  stated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_indicator_values_version ON indicator_values (indicator_id, unit_id, period, version);
CREATE INDEX ix_indicator_values_period ON indicator_values (period, seq);

-- Targets by year, unit and indicator (R102), in millionths; '' is the city. Rows are only ever added; a version is in force once a second person published it.
CREATE TABLE targets (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  year INTEGER NOT NULL,
  unit_id TEXT NOT NULL,
  indicator_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  value INTEGER NULL,
  binding INTEGER NOT NULL,
  reason TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_by_name TEXT NOT NULL,
  set_at TEXT NOT NULL,
  published_by TEXT NULL,
  published_by_name TEXT NULL,
  published_at TEXT NULL
);
CREATE UNIQUE INDEX ux_targets_version ON targets (year, unit_id, indicator_id, version);
