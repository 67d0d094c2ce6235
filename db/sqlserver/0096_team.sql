-- The people on a project, with role and days (R83a). The team is the owner's, and ends when the project becomes another unit's.
CREATE TABLE team_members (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name nvarchar(100) NOT NULL,
  role varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  from_on date NOT NULL,
  to_on date NULL,
  end_reason varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  end_note nvarchar(max) NULL,
  added_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  added_by_name nvarchar(100) NOT NULL,
  added_at datetime2(3) NOT NULL,
  ended_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  ended_by_name nvarchar(100) NULL,
  ended_at datetime2(3) NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_team_members PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_team_members_id ON team_members (id);
CREATE INDEX ix_team_members_project ON team_members (project_id, seq);
GO
