-- Reports that the centre returned for completion (R14b): until when the open return runs, how often there was one, and each return with what became of it.
ALTER TABLE claims ADD COLUMN returned_until TEXT NULL;
ALTER TABLE claims ADD COLUMN returns INTEGER NOT NULL DEFAULT 0;
-- The report as it was completed: what it was received as stays as it is.
ALTER TABLE claims ADD COLUMN completed_name TEXT NULL;
ALTER TABLE claims ADD COLUMN completed_report TEXT NULL;
CREATE INDEX ix_claims_returned ON claims (returned_until, sequence) WHERE returned_until IS NOT NULL;

-- What was there before a completion stays, as far as the receipt of the report seals it openly; the completion has a receipt of its own.
CREATE TABLE claim_returns (
  claim_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  reason TEXT NOT NULL,
  missing TEXT NOT NULL,
  returned_at TEXT NOT NULL,
  returned_by TEXT NOT NULL,
  returned_by_name TEXT NOT NULL,
  until_at TEXT NOT NULL,
  completed_at TEXT NULL,
  completed_by TEXT NULL,
  completed_by_name TEXT NULL,
  report_before TEXT NULL,
  salt TEXT NULL,
  canonical TEXT NULL,
  receipt_hash TEXT NULL,
  previous_hash TEXT NULL,
  CONSTRAINT pk_claim_returns PRIMARY KEY (claim_id, number)
);
CREATE UNIQUE INDEX ux_claim_returns_receipt ON claim_returns (receipt_hash) WHERE receipt_hash IS NOT NULL;
