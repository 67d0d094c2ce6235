-- One investment is one row, whoever reported it; its investors, moves, timeline, files and the n-grams it is found by.
CREATE TABLE projects (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  code varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name nvarchar(200) NOT NULL,
  name_key nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  national_code varchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  owner_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  first_talk_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  stage varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  secret int NOT NULL,
  amount bigint NULL,
  currency char(3) COLLATE Latin1_General_100_BIN2 NULL,
  amount_cny bigint NULL,
  industry_code varchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  industry_class varchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  chain nvarchar(100) NULL,
  provincial_zone int NOT NULL,
  facts nvarchar(max) NOT NULL,
  search_text nvarchar(max) NOT NULL,
  contacts nvarchar(max) NOT NULL,
  flags nvarchar(1000) NOT NULL,
  in_talks_on date NULL,
  signed_on date NULL,
  registered_on date NULL,
  started_on date NULL,
  in_production_on date NULL,
  terminated_on date NULL,
  terminated_from varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  idle_since date NULL,
  report_required int NOT NULL,
  under_review int NOT NULL,
  claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  import_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  version bigint NOT NULL,
  public_version bigint NOT NULL,
  created_at datetime2(3) NOT NULL,
  updated_at datetime2(3) NOT NULL,
  public_updated_at datetime2(3) NOT NULL,
  moved_at datetime2(3) NOT NULL,
  CONSTRAINT pk_projects PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_projects_id ON projects (id);
CREATE UNIQUE INDEX ux_projects_code ON projects (code);
CREATE INDEX ix_projects_national_code ON projects (national_code);
CREATE INDEX ix_projects_owner ON projects (owner_id, seq);
CREATE INDEX ix_projects_stage ON projects (stage, seq);
CREATE INDEX ix_projects_updated ON projects (updated_at, seq);
GO

CREATE TABLE investors (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name_key nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  uscc varchar(18) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_investors PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_investors_id ON investors (id);
CREATE UNIQUE INDEX ux_investors_identity ON investors (name_key, uscc);
CREATE INDEX ix_investors_uscc ON investors (uscc);
GO

CREATE TABLE project_investors (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ordinal int NOT NULL,
  investor_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  group_key nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT pk_project_investors PRIMARY KEY (project_id, ordinal)
);
CREATE INDEX ix_project_investors_investor ON project_investors (investor_id, project_id);
CREATE INDEX ix_project_investors_group ON project_investors (group_key, project_id);
GO

CREATE TABLE investor_grams (
  gram nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  investor_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_investor_grams PRIMARY KEY (gram, investor_id)
);
GO

CREATE TABLE name_grams (
  gram nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  amount bigint NULL,
  currency char(3) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT pk_name_grams PRIMARY KEY (gram, project_id)
);
CREATE INDEX ix_name_grams_amount ON name_grams (gram, currency, amount);
CREATE INDEX ix_name_grams_project ON name_grams (project_id);
GO

CREATE TABLE search_grams (
  gram nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_search_grams PRIMARY KEY (gram, project_id)
);
CREATE INDEX ix_search_grams_project ON search_grams (project_id);
GO

CREATE TABLE stage_spans (
  seq bigint IDENTITY(1,1) NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stage varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  entered_on date NOT NULL,
  left_on date NULL,
  CONSTRAINT pk_stage_spans PRIMARY KEY (seq)
);
CREATE INDEX ix_stage_spans_project ON stage_spans (project_id, seq);
CREATE INDEX ix_stage_spans_stage ON stage_spans (stage, entered_on);
GO

CREATE TABLE former_owners (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  lost_at datetime2(3) NOT NULL,
  snapshot nvarchar(max) NOT NULL,
  CONSTRAINT pk_former_owners PRIMARY KEY (project_id, jurisdiction_id)
);
CREATE INDEX ix_former_owners_unit ON former_owners (jurisdiction_id, project_id);
GO

CREATE TABLE moves (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  from_stage varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  to_stage varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  occurred_on date NOT NULL,
  reaches nvarchar(1000) NOT NULL,
  evidence nvarchar(max) NOT NULL,
  reason_code varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
  note nvarchar(2000) NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  flags nvarchar(400) NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  submitted_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  submitted_by_name nvarchar(100) NOT NULL,
  submitted_at datetime2(3) NOT NULL,
  decided_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  decided_by_name nvarchar(100) NULL,
  decided_at datetime2(3) NULL,
  return_reason nvarchar(2000) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  CONSTRAINT pk_moves PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_moves_id ON moves (id);
CREATE UNIQUE INDEX ux_moves_pending ON moves (project_id) WHERE status = 'pending';
CREATE INDEX ix_moves_project ON moves (project_id, seq);
CREATE INDEX ix_moves_status ON moves (status, seq);
GO

CREATE TABLE timeline (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  at datetime2(3) NOT NULL,
  occurred_on date NULL,
  kind varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  actor_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  actor_name nvarchar(100) NULL,
  actor_unit nvarchar(100) NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  note nvarchar(2000) NULL,
  before_json nvarchar(max) NULL,
  after_json nvarchar(max) NULL,
  files nvarchar(max) NULL,
  is_public int NOT NULL,
  CONSTRAINT pk_timeline PRIMARY KEY (seq)
);
CREATE INDEX ix_timeline_project ON timeline (project_id, seq);
GO

CREATE TABLE files (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  name nvarchar(200) NOT NULL,
  content_type varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  size bigint NOT NULL,
  sha256 varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  uploaded_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  uploaded_by_name nvarchar(100) NOT NULL,
  uploaded_at datetime2(3) NOT NULL,
  CONSTRAINT pk_files PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_files_id ON files (id);
CREATE INDEX ix_files_project ON files (project_id, seq);
GO

CREATE TABLE file_contents (
  file_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  content varbinary(max) NOT NULL,
  CONSTRAINT pk_file_contents PRIMARY KEY (file_id)
);
GO
