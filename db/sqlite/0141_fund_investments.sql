-- Where the money of funds went (R131): submitted, then verified by a second person or returned; what was verified counts.
CREATE TABLE fund_investments (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  fund_id TEXT NOT NULL,
  company TEXT NOT NULL,
  uscc TEXT NULL,
  invested_in TEXT NOT NULL,
  invested_on TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  evidence TEXT NOT NULL,
  status TEXT NOT NULL,
  submitted_by TEXT NOT NULL,
  submitted_by_name TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  decided_by TEXT NULL,
  decided_by_name TEXT NULL,
  decided_at TEXT NULL,
  reason TEXT NULL,
  version INTEGER NOT NULL
);
CREATE UNIQUE INDEX ux_fund_investments_id ON fund_investments (id);
CREATE INDEX ix_fund_investments_fund ON fund_investments (fund_id, seq);
