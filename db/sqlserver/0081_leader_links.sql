-- Leaders linked to projects (R80–R83), in numbered batches: between two issues nothing changes.
CREATE TABLE leader_batches (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  number bigint NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  body nvarchar(max) NOT NULL,
  drafted_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  drafted_by_name nvarchar(100) NOT NULL,
  drafted_at datetime2(3) NOT NULL,
  issued_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  issued_by_name nvarchar(100) NULL,
  issued_at datetime2(3) NULL,
  issued_on date NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_leader_batches PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_leader_batches_id ON leader_batches (id);
CREATE UNIQUE INDEX ux_leader_batches_number ON leader_batches (number) WHERE number IS NOT NULL;
GO

CREATE TABLE leader_links (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  leader_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  role varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  since date NOT NULL,
  batch bigint NOT NULL,
  replaces_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  last_contact_on date NULL,
  contact_due_on date NOT NULL,
  ended_on date NULL,
  end_batch bigint NULL,
  end_reason varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_leader_links PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_leader_links_id ON leader_links (id);
CREATE UNIQUE INDEX ux_leader_links_open ON leader_links (project_id, leader_id) WHERE ended_on IS NULL;
CREATE UNIQUE INDEX ux_leader_links_lead ON leader_links (project_id) WHERE ended_on IS NULL AND role = 'lead';
CREATE INDEX ix_leader_links_project ON leader_links (project_id, seq);
CREATE INDEX ix_leader_links_leader ON leader_links (leader_id, seq);
CREATE INDEX ix_leader_links_batch ON leader_links (batch, seq);
CREATE INDEX ix_leader_links_end_batch ON leader_links (end_batch, seq);
CREATE INDEX ix_leader_links_contact ON leader_links (contact_due_on, seq) WHERE ended_on IS NULL;
GO
