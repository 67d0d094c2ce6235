-- The people on a project, with role and days (R83a). The team is the owner's, and ends when the project becomes another unit's.
CREATE TABLE team_members (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT NULL,
  end_reason TEXT NULL,
  end_note TEXT NULL,
  added_by TEXT NOT NULL,
  added_by_name TEXT NOT NULL,
  added_at TEXT NOT NULL,
  ended_by TEXT NULL,
  ended_by_name TEXT NULL,
  ended_at TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_team_members_id ON team_members (id);
CREATE INDEX ix_team_members_project ON team_members (project_id, seq);
