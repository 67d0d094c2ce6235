-- Projects whose claims could not be settled: set aside, so that they keep nobody else from theirs, and tried again later.
CREATE TABLE settlement_failures (
  project_id TEXT NOT NULL,
  failed_at TEXT NOT NULL,
  retry_at TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  error TEXT NOT NULL,
  CONSTRAINT pk_settlement_failures PRIMARY KEY (project_id)
);
