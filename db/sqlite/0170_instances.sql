-- The processes that serve this database, and until when each was last seen: limits are shared among them, and nothing that an older one cannot bear is done beside it.
CREATE TABLE instances (
  id TEXT NOT NULL,
  host TEXT NOT NULL,
  program TEXT NOT NULL,
  knows TEXT NOT NULL,
  started_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  CONSTRAINT pk_instances PRIMARY KEY (id)
);

-- How far a library has been copied into this database (move-to), by table; empty once it is whole. The row without a name says from what.
CREATE TABLE relocation (
  table_name TEXT NOT NULL,
  position TEXT NULL,
  copied INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  CONSTRAINT pk_relocation PRIMARY KEY (table_name)
);
