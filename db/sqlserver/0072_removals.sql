-- Removals of projects in talks that stand still (R94): proposed by the facts, told to the owner, at most one open a project.
CREATE TABLE removals (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  idle_since date NOT NULL,
  due_on date NOT NULL,
  proposed_at datetime2(3) NOT NULL,
  contest_until datetime2(3) NOT NULL,
  ended_at datetime2(3) NULL,
  ended_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  ended_by_name nvarchar(100) NULL,
  end_reason nvarchar(max) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_removals PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_removals_id ON removals (id);
CREATE UNIQUE INDEX ux_removals_open ON removals (project_id) WHERE status = 'proposed';
CREATE INDEX ix_removals_project ON removals (project_id, seq);
CREATE INDEX ix_removals_unit ON removals (jurisdiction_id, seq);
CREATE INDEX ix_removals_status ON removals (status, seq);
GO
