-- Texts that the centre keeps for the reasons of its decisions.
CREATE TABLE reason_templates (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL
);
CREATE UNIQUE INDEX ux_reason_templates_id ON reason_templates (id);
CREATE INDEX ix_reason_templates_kind ON reason_templates (kind, seq);
