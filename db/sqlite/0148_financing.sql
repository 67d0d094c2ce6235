-- Needs of financing (R135), of a project or of an enterprise without one; those of a project belong to its owner. Amounts in hundredths.
CREATE TABLE financing_needs (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  project_id TEXT NULL,
  enterprise TEXT NULL,
  kind TEXT NOT NULL,
  stage TEXT NULL,
  chain TEXT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  valid_until_on TEXT NULL,
  note TEXT NULL,
  retire_reason TEXT NULL,
  added_on TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_by_name TEXT NOT NULL,
  added_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_financing_needs_id ON financing_needs (id);
CREATE INDEX ix_financing_needs_unit ON financing_needs (unit_id, seq);
CREATE INDEX ix_financing_needs_project ON financing_needs (project_id);

-- Needs brought together with an institution or a fund of the libraries, step by step.
CREATE TABLE matches (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  need_id TEXT NOT NULL,
  party_kind TEXT NOT NULL,
  party_id TEXT NOT NULL,
  state TEXT NOT NULL,
  last_on TEXT NOT NULL,
  amount INTEGER NULL,
  currency TEXT NULL,
  financed_on TEXT NULL,
  rule_set_id TEXT NULL,
  proposed_by TEXT NOT NULL,
  proposed_by_name TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_matches_id ON matches (id);
CREATE INDEX ix_matches_need ON matches (need_id, seq);
CREATE INDEX ix_matches_state ON matches (state, seq);

CREATE TABLE match_steps (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  match_id TEXT NOT NULL,
  to_state TEXT NOT NULL,
  note TEXT NOT NULL,
  stepped_by TEXT NOT NULL,
  stepped_by_name TEXT NOT NULL,
  stepped_at TEXT NOT NULL
);
CREATE INDEX ix_match_steps_match ON match_steps (match_id, seq);
