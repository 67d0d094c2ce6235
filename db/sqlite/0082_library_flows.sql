-- Each project in or out of what a unit works on, by the month in which it was recorded (R95): opening + in − out = closing. What stood in talks or signed before this was kept is the opening of every month.
CREATE TABLE library_flows (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  project_id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  delta INTEGER NOT NULL,
  period TEXT NOT NULL,
  recorded_at TEXT NOT NULL
);
CREATE INDEX ix_library_flows_project ON library_flows (project_id, seq);
CREATE INDEX ix_library_flows_unit ON library_flows (jurisdiction_id, period, kind, delta);
CREATE INDEX ix_library_flows_period ON library_flows (period, jurisdiction_id, kind, delta);

INSERT INTO library_flows (project_id, jurisdiction_id, kind, delta, period, recorded_at)
SELECT id, owner_id, 'opening', 1, '', updated_at FROM projects WHERE stage IN ('in-talks', 'signed') ORDER BY seq;
