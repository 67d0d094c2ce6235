-- The ledger of facts that count (R45): rows are only ever added, each sealed with the seal of the one before; what is no longer true is reversed by a further row.
CREATE TABLE ledger (
  seq INTEGER NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  project_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  period TEXT NOT NULL,
  belongs_to TEXT NULL,
  sign INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  amount INTEGER NULL,
  currency TEXT NULL,
  industry_code TEXT NULL,
  manufacturing INTEGER NOT NULL,
  is_foreign INTEGER NOT NULL,
  investor_flags TEXT NOT NULL,
  provincial_zone INTEGER NOT NULL,
  secret INTEGER NOT NULL,
  first_talk_id TEXT NULL,
  landing_id TEXT NOT NULL,
  finder_id TEXT NULL,
  agreement_id TEXT NULL,
  rule_set_id TEXT NOT NULL,
  cause_kind TEXT NOT NULL,
  cause_id TEXT NOT NULL,
  reverses INTEGER NULL,
  hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_ledger_reverses ON ledger (reverses) WHERE reverses IS NOT NULL;
CREATE UNIQUE INDEX ux_ledger_previous ON ledger (previous_hash);
CREATE INDEX ix_ledger_project ON ledger (project_id, seq);
CREATE INDEX ix_ledger_period ON ledger (kind, period, seq);

CREATE TABLE ledger_head (
  id INTEGER NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO ledger_head (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- The program writes the facts of the projects that are there already, from the newest down.
INSERT INTO settings (name, value) SELECT 'ledger-below', CAST(MAX(seq) + 1 AS TEXT) FROM projects HAVING COUNT(*) > 0;

-- The unit where a signed project landed, as the centre corrected it; null: its owner (R43).
ALTER TABLE projects ADD COLUMN landing_id TEXT NULL;
