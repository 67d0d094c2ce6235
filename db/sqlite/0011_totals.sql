-- How many projects stand, and stood on any day, in each stage, what they are worth, and how many entered and left it. The program makes them from the projects at its next start.
CREATE TABLE stage_totals (
  dimension TEXT NOT NULL,
  scope TEXT NOT NULL,
  level TEXT NOT NULL,
  period TEXT NOT NULL,
  item TEXT NOT NULL,
  stage TEXT NOT NULL,
  kind TEXT NOT NULL,
  currency TEXT NOT NULL,
  projects INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  entered INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  CONSTRAINT pk_stage_totals PRIMARY KEY (dimension, scope, level, period, item, stage, kind, currency)
) WITHOUT ROWID;

-- What was added to them, or taken away, and is not yet in them.
CREATE TABLE total_changes (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL,
  stage TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  industry_class TEXT NOT NULL,
  entered_month TEXT NOT NULL,
  kind TEXT NOT NULL,
  currency TEXT NOT NULL,
  projects INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  entered INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  taken INTEGER NOT NULL
);
