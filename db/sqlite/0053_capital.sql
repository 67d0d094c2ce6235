-- Capital paid in, entry by entry with its voucher (R60–R64); what was verified is never changed, only reversed.
CREATE TABLE capital_entries (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  status TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  payer TEXT NULL,
  voucher_kind TEXT NOT NULL,
  voucher_no TEXT NOT NULL,
  voucher_key TEXT NOT NULL,
  files TEXT NOT NULL,
  is_foreign INTEGER NOT NULL,
  submitted_by TEXT NOT NULL,
  submitted_by_name TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  decided_by TEXT NULL,
  decided_by_name TEXT NULL,
  decided_at TEXT NULL,
  period TEXT NULL,
  belongs_to TEXT NULL,
  reversed_by TEXT NULL,
  reversed_by_name TEXT NULL,
  reversed_at TEXT NULL,
  reason TEXT NULL,
  rule_set_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_capital_entries_id ON capital_entries (id);
CREATE INDEX ix_capital_entries_project ON capital_entries (project_id, seq);
CREATE INDEX ix_capital_entries_unit ON capital_entries (jurisdiction_id, seq);
CREATE INDEX ix_capital_entries_status ON capital_entries (status, seq);
CREATE INDEX ix_capital_entries_voucher ON capital_entries (voucher_key, voucher_kind);

-- Fixed-asset investment of a project in a year, as statistics have it (R65).
CREATE TABLE fixed_investments (
  project_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  source TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_by_name TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  rule_set_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT pk_fixed_investments PRIMARY KEY (project_id, year)
);
