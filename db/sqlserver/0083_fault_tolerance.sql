-- Papers of the fault-tolerance file of a termination (R96), each dated before the step that it supports; only ever added to.
CREATE TABLE tolerance_papers (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  terminated_on date NOT NULL,
  kind varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  dated_on date NOT NULL,
  supports varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  step_on date NOT NULL,
  note nvarchar(max) NULL,
  files nvarchar(max) NOT NULL,
  attached_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  attached_by_name nvarchar(100) NOT NULL,
  attached_at datetime2(3) NOT NULL,
  CONSTRAINT pk_tolerance_papers PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_tolerance_papers_id ON tolerance_papers (id);
CREATE INDEX ix_tolerance_papers_project ON tolerance_papers (project_id, seq);
GO
