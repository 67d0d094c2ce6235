-- One firm, one project, written otherwise: the keys by which other spellings are found, in the order in which they are read.
CREATE TABLE investor_spellings (
  gram TEXT NOT NULL,
  mark INTEGER NOT NULL,
  investor_id TEXT NOT NULL,
  form TEXT NOT NULL,
  CONSTRAINT pk_investor_spellings PRIMARY KEY (gram, mark, investor_id, form)
) WITHOUT ROWID;

CREATE TABLE project_spellings (
  gram TEXT NOT NULL,
  mark INTEGER NOT NULL,
  project_seq INTEGER NOT NULL,
  CONSTRAINT pk_project_spellings PRIMARY KEY (gram, mark, project_seq)
) WITHOUT ROWID;

-- Two names that the centre knows to be of one firm, and the forms by which each side is recognised.
CREATE TABLE firm_aliases (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  other_name TEXT NOT NULL,
  source TEXT NOT NULL,
  claim_id TEXT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL
);
CREATE UNIQUE INDEX ux_firm_aliases_id ON firm_aliases (id);
CREATE TABLE firm_alias_forms (
  form TEXT NOT NULL,
  alias_id TEXT NOT NULL,
  side INTEGER NOT NULL,
  CONSTRAINT pk_firm_alias_forms PRIMARY KEY (form, alias_id, side)
);
CREATE INDEX ix_firm_alias_forms_alias ON firm_alias_forms (alias_id);

-- Pairs of projects that the centre decided to be two; each stands here in both orders.
CREATE TABLE distinct_projects (
  project_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  CONSTRAINT pk_distinct_projects PRIMARY KEY (project_id, other_id)
);

-- The program gives them to the projects that are there already, from the newest down.
INSERT INTO settings (name, value) SELECT 'spellings-below', CAST(MAX(seq) + 1 AS TEXT) FROM projects HAVING COUNT(*) > 0;
