-- Bulletins (R118). What a draft says is made anew whenever it is read; `content` is what was issued, and does not change.
CREATE TABLE bulletins (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  period TEXT NOT NULL,
  kind TEXT NOT NULL,
  template TEXT NOT NULL,
  places INTEGER NOT NULL,
  note TEXT NULL,
  status TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  drafted_by TEXT NOT NULL,
  drafted_by_name TEXT NOT NULL,
  drafted_at TEXT NOT NULL,
  issued_by TEXT NULL,
  issued_by_name TEXT NULL,
  issued_at TEXT NULL,
  issue_year INTEGER NULL,
  number INTEGER NULL,
  content TEXT NULL,
  hash TEXT NULL,
  superseded_by TEXT NULL,
  superseded_by_name TEXT NULL,
  superseded_at TEXT NULL,
  supersede_reason TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_bulletins_id ON bulletins (id);
CREATE UNIQUE INDEX ux_bulletins_number ON bulletins (issue_year, number) WHERE number IS NOT NULL;
CREATE INDEX ix_bulletins_period ON bulletins (kind, period, seq);
CREATE INDEX ix_bulletins_snapshot ON bulletins (snapshot_id);
