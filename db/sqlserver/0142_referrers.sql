-- How far the referrer of a project was confirmed (R136). Who it is stands sealed in the project, with its contacts.
CREATE TABLE referrers (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  named_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  named_by_name nvarchar(100) NOT NULL,
  named_at datetime2(3) NOT NULL,
  statement_file varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  investor_at datetime2(3) NULL,
  unit_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  unit_by_name nvarchar(100) NULL,
  unit_at datetime2(3) NULL,
  centre_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  centre_by_name nvarchar(100) NULL,
  centre_at datetime2(3) NULL,
  version bigint NOT NULL,
  CONSTRAINT pk_referrers PRIMARY KEY (project_id)
);
GO
