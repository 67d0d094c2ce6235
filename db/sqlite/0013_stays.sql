-- How long projects stay in their stages, and what became of the first reports, are totals as well. What is not yet in them is forgotten: the program makes them anew from the projects at its next start.
DROP TABLE total_changes;
CREATE TABLE total_changes (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL,
  day TEXT NOT NULL,
  stage TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  industry_class TEXT NOT NULL,
  entered_on TEXT NOT NULL,
  days INTEGER NOT NULL,
  kind TEXT NOT NULL,
  currency TEXT NOT NULL,
  projects INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  entered INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  stayed INTEGER NOT NULL,
  taken INTEGER NOT NULL
);
DELETE FROM stage_totals;
DELETE FROM counters WHERE name = 'stage-totals';
