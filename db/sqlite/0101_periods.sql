-- Periods of the books that were closed, months and 13th periods (R105, R106). One that was opened again keeps its row (R109).
CREATE TABLE periods (
  period TEXT NOT NULL,
  status TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  closed_by_name TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  reopen_reason TEXT NULL,
  reopen_asked_by TEXT NULL,
  reopen_asked_by_name TEXT NULL,
  reopen_asked_at TEXT NULL,
  reopened_by TEXT NULL,
  reopened_by_name TEXT NULL,
  reopened_at TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT pk_periods PRIMARY KEY (period)
);

-- What a period came to when it was closed (R108). Rows are only ever added; a period that was opened again gets a further version.
CREATE TABLE snapshots (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  period TEXT NOT NULL,
  version INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  made_by_name TEXT NOT NULL,
  made_at TEXT NOT NULL,
  ledger_seq INTEGER NOT NULL,
  ledger_hash TEXT NOT NULL,
  basis TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_snapshots_id ON snapshots (id);
CREATE UNIQUE INDEX ux_snapshots_version ON snapshots (period, version);

-- The figures of a snapshot by period: its month, and the quarter or year that ends with it. Scope 'whole' has every project, 'open' leaves out those that were secret then.
CREATE TABLE snapshot_tables (
  snapshot_id TEXT NOT NULL,
  period TEXT NOT NULL,
  scope TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_snapshot_tables PRIMARY KEY (snapshot_id, period, scope)
);
