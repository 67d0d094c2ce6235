-- The ledger of facts that count (R45): rows are only ever added, each sealed with the seal of the one before; what is no longer true is reversed by a further row.
CREATE TABLE ledger (
  seq bigint NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  occurred_on date NOT NULL,
  recorded_at datetime2(3) NOT NULL,
  period varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  belongs_to varchar(7) COLLATE Latin1_General_100_BIN2 NULL,
  sign int NOT NULL,
  counted int NOT NULL,
  amount bigint NULL,
  currency varchar(3) COLLATE Latin1_General_100_BIN2 NULL,
  industry_code varchar(4) COLLATE Latin1_General_100_BIN2 NULL,
  manufacturing int NOT NULL,
  is_foreign int NOT NULL,
  investor_flags varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  provincial_zone int NOT NULL,
  secret int NOT NULL,
  first_talk_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  landing_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  finder_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  agreement_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  cause_kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  cause_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  reverses bigint NULL,
  hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  previous_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_ledger PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_ledger_reverses ON ledger (reverses) WHERE reverses IS NOT NULL;
CREATE UNIQUE INDEX ux_ledger_previous ON ledger (previous_hash);
CREATE INDEX ix_ledger_project ON ledger (project_id, seq);
CREATE INDEX ix_ledger_period ON ledger (kind, period, seq);
GO

CREATE TABLE ledger_head (
  id int NOT NULL,
  seq bigint NOT NULL,
  hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_ledger_head PRIMARY KEY (id)
);
INSERT INTO ledger_head (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
GO

-- The program writes the facts of the projects that are there already, from the newest down.
INSERT INTO settings (name, value) SELECT 'ledger-below', CAST(MAX(seq) + 1 AS varchar(20)) FROM projects HAVING COUNT(*) > 0;
GO

-- The unit where a signed project landed, as the centre corrected it; null: its owner (R43).
ALTER TABLE projects ADD landing_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
GO
