-- Projects that a unit offers by their needs alone (§15.9): who is to get one learns what it is only once he has accepted.
CREATE TABLE market_offers (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  offered_by TEXT NOT NULL,
  offered_by_name TEXT NOT NULL,
  offered_at TEXT NOT NULL,
  withdrawn_at TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_market_offers_id ON market_offers (id);
CREATE UNIQUE INDEX ux_market_offers_open ON market_offers (project_id) WHERE withdrawn_at IS NULL;
CREATE INDEX ix_market_offers_unit ON market_offers (jurisdiction_id, seq);

ALTER TABLE transfers ADD COLUMN blind INTEGER NULL;
