-- Who works in investment promotion for a unit, and who heads it (R117). Rows are only ever added, the last version stands; who left stays in it with the last day.
CREATE TABLE posted_people (
  seq bigint IDENTITY(1,1) NOT NULL,
  unit_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  body nvarchar(max) NOT NULL,
  stated_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stated_by_name nvarchar(100) NOT NULL,
  stated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_posted_people PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_posted_people_version ON posted_people (unit_id, version);
GO

-- What a project needs of emission rights, in thousandths of a tonne a year (R139); land and energy are facts of the project.
CREATE TABLE project_elements (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  emission_need bigint NULL,
  recorded_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  recorded_by_name nvarchar(100) NOT NULL,
  recorded_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  CONSTRAINT pk_project_elements PRIMARY KEY (project_id)
);
GO

-- What a project was granted: land in m², energy in tonnes of standard coal a year, emission rights in tonnes a year, all in thousandths.
CREATE TABLE element_grants (
  seq bigint IDENTITY(1,1) NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  amount bigint NOT NULL,
  granted_on date NOT NULL,
  in_zone int NULL,
  paper nvarchar(200) NOT NULL,
  CONSTRAINT pk_element_grants PRIMARY KEY (seq)
);
CREATE INDEX ix_element_grants_project ON element_grants (project_id, seq);
CREATE INDEX ix_element_grants_granted ON element_grants (granted_on, project_id);
GO
