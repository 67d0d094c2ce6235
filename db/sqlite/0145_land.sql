-- Parcels of land (R132). Area in hundredths of a m², what is asked or paid per mu in hundredths of a yuan. Others than the unit that keeps it see the public status and count public changes alone:
-- that a project in talks is negotiating about it is nobody else's to know.
CREATE TABLE parcels (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  place TEXT NOT NULL,
  search TEXT NOT NULL,
  zone TEXT NULL,
  zone_name TEXT NULL,
  area INTEGER NOT NULL,
  contiguous_group TEXT NULL,
  cleared INTEGER NULL,
  land_use TEXT NULL,
  classes TEXT NULL,
  intensity INTEGER NULL,
  output INTEGER NULL,
  tax INTEGER NULL,
  available_from TEXT NULL,
  price INTEGER NULL,
  note TEXT NULL,
  status TEXT NOT NULL,
  public_status TEXT NOT NULL,
  project_id TEXT NULL,
  reason TEXT NULL,
  added_by TEXT NOT NULL,
  added_by_name TEXT NOT NULL,
  added_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  public_version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_parcels_id ON parcels (id);
CREATE INDEX ix_parcels_group ON parcels (jurisdiction_id, contiguous_group);
CREATE INDEX ix_parcels_project ON parcels (project_id);
