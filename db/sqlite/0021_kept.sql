-- An answer kept for a repeated request: as what it was given (role and unit), and the record it tells of. Of whom it tells is found by the same keyed hashes as elsewhere, so that erasing a person finds it.
ALTER TABLE idempotency_keys ADD COLUMN standing TEXT NULL;
ALTER TABLE idempotency_keys ADD COLUMN subject TEXT NULL;
CREATE TABLE kept_reply_people (
  mark TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  CONSTRAINT pk_kept_reply_people PRIMARY KEY (mark, key_hash)
);
CREATE INDEX ix_kept_reply_people_key ON kept_reply_people (key_hash);

-- Figures that are told once and stay, whatever is recorded later: how many projects of the city were in talks at a month's end (R20).
CREATE TABLE kept_figures (
  name TEXT NOT NULL,
  period TEXT NOT NULL,
  value INTEGER NOT NULL,
  kept_at TEXT NOT NULL,
  CONSTRAINT pk_kept_figures PRIMARY KEY (name, period)
);
