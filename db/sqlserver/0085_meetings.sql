-- Meetings (R74): an agenda made from the facts at a cut-off, frozen when it is issued; minutes whose decisions are actions with an owner and a due date.
CREATE TABLE meetings (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  held_on date NOT NULL,
  starts_at varchar(5) COLLATE Latin1_General_100_BIN2 NULL,
  place nvarchar(200) NULL,
  chair nvarchar(100) NOT NULL,
  chair_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  attendees nvarchar(max) NULL,
  summary nvarchar(max) NULL,
  cut_off_at datetime2(3) NOT NULL,
  planned_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  planned_by_name nvarchar(100) NOT NULL,
  planned_at datetime2(3) NOT NULL,
  issued_at datetime2(3) NULL,
  issued_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  issued_by_name nvarchar(100) NULL,
  agenda_hash varchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  closed_at datetime2(3) NULL,
  closed_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  closed_by_name nvarchar(100) NULL,
  cancel_reason nvarchar(max) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_meetings PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_meetings_id ON meetings (id);
CREATE INDEX ix_meetings_held ON meetings (held_on, seq);
CREATE INDEX ix_meetings_status ON meetings (status, held_on, seq);
CREATE INDEX ix_meetings_kind ON meetings (kind, held_on, seq);

-- What the centre changed on an agenda that is still made from the facts; once issued, all that is on it, as it was sent.
CREATE TABLE meeting_items (
  seq bigint IDENTITY(1,1) NOT NULL,
  meeting_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  item_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  state varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  title nvarchar(200) NULL,
  note nvarchar(max) NULL,
  reason nvarchar(max) NULL,
  changed_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  changed_by_name nvarchar(100) NULL,
  changed_at datetime2(3) NULL,
  place int NULL,
  content nvarchar(max) NULL,
  CONSTRAINT pk_meeting_items PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_meeting_items ON meeting_items (meeting_id, item_id);
CREATE INDEX ix_meeting_items_project ON meeting_items (project_id, meeting_id);
CREATE INDEX ix_meeting_items_item ON meeting_items (item_id, meeting_id);

CREATE TABLE actions (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  meeting_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  text nvarchar(max) NOT NULL,
  owner_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  due_on date NOT NULL,
  due_changes int NOT NULL,
  told_level int NOT NULL,
  carried int NOT NULL,
  decided_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  decided_by_name nvarchar(100) NOT NULL,
  decided_at datetime2(3) NOT NULL,
  done_note nvarchar(max) NULL,
  done_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  done_by_name nvarchar(100) NULL,
  ended_at datetime2(3) NULL,
  reopened int NOT NULL,
  reason nvarchar(max) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_actions PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_actions_id ON actions (id);
CREATE INDEX ix_actions_meeting ON actions (meeting_id, seq);
CREATE INDEX ix_actions_due ON actions (due_on, seq);
CREATE INDEX ix_actions_status ON actions (status, due_on, seq);
CREATE INDEX ix_actions_owner ON actions (owner_id, due_on, seq);
CREATE INDEX ix_actions_project ON actions (project_id, due_on, seq);
CREATE INDEX ix_actions_ended ON actions (ended_at);

-- Projects from a size on, each in its own currency.
CREATE INDEX ix_projects_currency_amount ON projects (currency, amount);
GO
