-- An answer kept for a repeated request: as what it was given (role and unit), and the record it tells of. Of whom it tells is found by the same keyed hashes as elsewhere, so that erasing a person finds it.
ALTER TABLE idempotency_keys ADD standing varchar(100) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE idempotency_keys ADD subject varchar(100) COLLATE Latin1_General_100_BIN2 NULL;
CREATE TABLE kept_reply_people (
  mark varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  key_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_kept_reply_people PRIMARY KEY (mark, key_hash)
);
CREATE INDEX ix_kept_reply_people_key ON kept_reply_people (key_hash);
GO

-- Figures that are told once and stay, whatever is recorded later: how many projects of the city were in talks at a month's end (R20).
CREATE TABLE kept_figures (
  name varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  period varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  value bigint NOT NULL,
  kept_at datetime2(3) NOT NULL,
  CONSTRAINT pk_kept_figures PRIMARY KEY (name, period)
);
GO
