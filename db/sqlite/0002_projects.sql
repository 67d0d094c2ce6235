-- One investment is one row, whoever reported it; its investors, moves, timeline, files and the n-grams it is found by.
CREATE TABLE projects (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  national_code TEXT NULL,
  owner_id TEXT NOT NULL,
  first_talk_id TEXT NULL,
  stage TEXT NOT NULL,
  secret INTEGER NOT NULL,
  amount INTEGER NULL,
  currency TEXT NULL,
  amount_cny INTEGER NULL,
  industry_code TEXT NULL,
  industry_class TEXT NULL,
  chain TEXT NULL,
  provincial_zone INTEGER NOT NULL,
  facts TEXT NOT NULL,
  search_text TEXT NOT NULL,
  contacts TEXT NOT NULL,
  flags TEXT NOT NULL,
  in_talks_on TEXT NULL,
  signed_on TEXT NULL,
  registered_on TEXT NULL,
  started_on TEXT NULL,
  in_production_on TEXT NULL,
  terminated_on TEXT NULL,
  terminated_from TEXT NULL,
  idle_since TEXT NULL,
  report_required INTEGER NOT NULL,
  under_review INTEGER NOT NULL,
  claim_id TEXT NULL,
  import_id TEXT NULL,
  version INTEGER NOT NULL,
  public_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  public_updated_at TEXT NOT NULL,
  moved_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_projects_id ON projects (id);
CREATE UNIQUE INDEX ux_projects_code ON projects (code);
CREATE INDEX ix_projects_national_code ON projects (national_code);
CREATE INDEX ix_projects_owner ON projects (owner_id, seq);
CREATE INDEX ix_projects_stage ON projects (stage, seq);
CREATE INDEX ix_projects_updated ON projects (updated_at, seq);

CREATE TABLE investors (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  name_key TEXT NOT NULL,
  uscc TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_investors_id ON investors (id);
CREATE UNIQUE INDEX ux_investors_identity ON investors (name_key, uscc);
CREATE INDEX ix_investors_uscc ON investors (uscc);

CREATE TABLE project_investors (
  project_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  investor_id TEXT NOT NULL,
  group_key TEXT NULL,
  CONSTRAINT pk_project_investors PRIMARY KEY (project_id, ordinal)
);
CREATE INDEX ix_project_investors_investor ON project_investors (investor_id, project_id);
CREATE INDEX ix_project_investors_group ON project_investors (group_key, project_id);

CREATE TABLE investor_grams (
  gram TEXT NOT NULL,
  investor_id TEXT NOT NULL,
  CONSTRAINT pk_investor_grams PRIMARY KEY (gram, investor_id)
);

CREATE TABLE name_grams (
  gram TEXT NOT NULL,
  project_id TEXT NOT NULL,
  amount INTEGER NULL,
  currency TEXT NULL,
  CONSTRAINT pk_name_grams PRIMARY KEY (gram, project_id)
);
CREATE INDEX ix_name_grams_amount ON name_grams (gram, currency, amount);
CREATE INDEX ix_name_grams_project ON name_grams (project_id);

CREATE TABLE search_grams (
  gram TEXT NOT NULL,
  project_id TEXT NOT NULL,
  CONSTRAINT pk_search_grams PRIMARY KEY (gram, project_id)
);
CREATE INDEX ix_search_grams_project ON search_grams (project_id);

CREATE TABLE stage_spans (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  project_id TEXT NOT NULL,
  stage TEXT NOT NULL,
  entered_on TEXT NOT NULL,
  left_on TEXT NULL
);
CREATE INDEX ix_stage_spans_project ON stage_spans (project_id, seq);
CREATE INDEX ix_stage_spans_stage ON stage_spans (stage, entered_on);

CREATE TABLE former_owners (
  project_id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  lost_at TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  CONSTRAINT pk_former_owners PRIMARY KEY (project_id, jurisdiction_id)
);
CREATE INDEX ix_former_owners_unit ON former_owners (jurisdiction_id, project_id);

CREATE TABLE moves (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  from_stage TEXT NOT NULL,
  to_stage TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  reaches TEXT NOT NULL,
  evidence TEXT NOT NULL,
  reason_code TEXT NULL,
  note TEXT NULL,
  status TEXT NOT NULL,
  flags TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  submitted_by TEXT NOT NULL,
  submitted_by_name TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  decided_by TEXT NULL,
  decided_by_name TEXT NULL,
  decided_at TEXT NULL,
  return_reason TEXT NULL,
  rule_set_id TEXT NOT NULL,
  version INTEGER NOT NULL
);
CREATE UNIQUE INDEX ux_moves_id ON moves (id);
CREATE UNIQUE INDEX ux_moves_pending ON moves (project_id) WHERE status = 'pending';
CREATE INDEX ix_moves_project ON moves (project_id, seq);
CREATE INDEX ix_moves_status ON moves (status, seq);

CREATE TABLE timeline (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  at TEXT NOT NULL,
  occurred_on TEXT NULL,
  kind TEXT NOT NULL,
  actor_id TEXT NULL,
  actor_name TEXT NULL,
  actor_unit TEXT NULL,
  jurisdiction_id TEXT NULL,
  note TEXT NULL,
  before_json TEXT NULL,
  after_json TEXT NULL,
  files TEXT NULL,
  is_public INTEGER NOT NULL
);
CREATE INDEX ix_timeline_project ON timeline (project_id, seq);

CREATE TABLE files (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NULL,
  claim_id TEXT NULL,
  jurisdiction_id TEXT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  uploaded_by TEXT NOT NULL,
  uploaded_by_name TEXT NOT NULL,
  uploaded_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_files_id ON files (id);
CREATE INDEX ix_files_project ON files (project_id, seq);

CREATE TABLE file_contents (
  file_id TEXT NOT NULL,
  content BLOB NOT NULL,
  CONSTRAINT pk_file_contents PRIMARY KEY (file_id)
);
