-- Rule sets that one person drafts and a second one publishes (C13); published, a draft is a row of rule_sets too.
CREATE TABLE rule_set_drafts (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  status TEXT NOT NULL,
  body TEXT NOT NULL,
  basis_id TEXT NOT NULL,
  basis_version INTEGER NOT NULL,
  drafted_by TEXT NOT NULL,
  drafted_by_name TEXT NOT NULL,
  drafted_at TEXT NOT NULL,
  ended_by TEXT NULL,
  ended_by_name TEXT NULL,
  ended_at TEXT NULL,
  reason TEXT NULL,
  rule_set_id TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_rule_set_drafts_id ON rule_set_drafts (id);
CREATE UNIQUE INDEX ux_rule_set_drafts_published ON rule_set_drafts (rule_set_id) WHERE rule_set_id IS NOT NULL;
