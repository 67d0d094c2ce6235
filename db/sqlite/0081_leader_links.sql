-- Leaders linked to projects (R80–R83), in numbered batches: between two issues nothing changes.
CREATE TABLE leader_batches (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  number INTEGER NULL,
  status TEXT NOT NULL,
  body TEXT NOT NULL,
  drafted_by TEXT NOT NULL,
  drafted_by_name TEXT NOT NULL,
  drafted_at TEXT NOT NULL,
  issued_by TEXT NULL,
  issued_by_name TEXT NULL,
  issued_at TEXT NULL,
  issued_on TEXT NULL,
  rule_set_id TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_leader_batches_id ON leader_batches (id);
CREATE UNIQUE INDEX ux_leader_batches_number ON leader_batches (number) WHERE number IS NOT NULL;

CREATE TABLE leader_links (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  leader_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  role TEXT NOT NULL,
  since TEXT NOT NULL,
  batch INTEGER NOT NULL,
  replaces_id TEXT NULL,
  last_contact_on TEXT NULL,
  contact_due_on TEXT NOT NULL,
  ended_on TEXT NULL,
  end_batch INTEGER NULL,
  end_reason TEXT NULL,
  rule_set_id TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_leader_links_id ON leader_links (id);
CREATE UNIQUE INDEX ux_leader_links_open ON leader_links (project_id, leader_id) WHERE ended_on IS NULL;
CREATE UNIQUE INDEX ux_leader_links_lead ON leader_links (project_id) WHERE ended_on IS NULL AND role = 'lead';
CREATE INDEX ix_leader_links_project ON leader_links (project_id, seq);
CREATE INDEX ix_leader_links_leader ON leader_links (leader_id, seq);
CREATE INDEX ix_leader_links_batch ON leader_links (batch, seq);
CREATE INDEX ix_leader_links_end_batch ON leader_links (end_batch, seq);
CREATE INDEX ix_leader_links_contact ON leader_links (contact_due_on, seq) WHERE ended_on IS NULL;
