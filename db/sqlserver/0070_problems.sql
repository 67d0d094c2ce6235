-- Problems of projects (R70–R73): raised, assigned to a department, answered, closed by who raised them; the due date moves only with a reason.
CREATE TABLE problems (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  title nvarchar(200) NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  urgent int NOT NULL,
  blocks varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  by_centre int NOT NULL,
  raised_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  raised_by_name nvarchar(100) NOT NULL,
  raised_unit varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  raised_at datetime2(3) NOT NULL,
  due_on date NOT NULL,
  due_changes int NOT NULL,
  told_level int NOT NULL,
  department_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  assigned_at datetime2(3) NULL,
  answer nvarchar(max) NULL,
  answer_files nvarchar(max) NULL,
  answered_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  answered_by_name nvarchar(100) NULL,
  answered_at datetime2(3) NULL,
  reopened int NOT NULL,
  reopen_reason nvarchar(max) NULL,
  outcome nvarchar(max) NULL,
  closed_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  closed_by_name nvarchar(100) NULL,
  closed_at datetime2(3) NULL,
  closed_on date NULL,
  closed_in int NULL,
  override_reason nvarchar(max) NULL,
  overridden_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  overridden_by_name nvarchar(100) NULL,
  overridden_at datetime2(3) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_problems PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_problems_id ON problems (id);
CREATE INDEX ix_problems_project ON problems (project_id, seq);
CREATE INDEX ix_problems_due ON problems (due_on, seq);
CREATE INDEX ix_problems_status ON problems (status, due_on, seq);
CREATE INDEX ix_problems_department ON problems (department_id, due_on, seq);
CREATE INDEX ix_problems_closed ON problems (closed_on);
GO

-- What a department answers with is for those who read the problem.
ALTER TABLE files ADD problem_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
GO
