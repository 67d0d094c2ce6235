-- Papers of the fault-tolerance file of a termination (R96), each dated before the step that it supports; only ever added to.
CREATE TABLE tolerance_papers (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  terminated_on TEXT NOT NULL,
  kind TEXT NOT NULL,
  dated_on TEXT NOT NULL,
  supports TEXT NOT NULL,
  step_on TEXT NOT NULL,
  note TEXT NULL,
  files TEXT NOT NULL,
  attached_by TEXT NOT NULL,
  attached_by_name TEXT NOT NULL,
  attached_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_tolerance_papers_id ON tolerance_papers (id);
CREATE INDEX ix_tolerance_papers_project ON tolerance_papers (project_id, seq);
