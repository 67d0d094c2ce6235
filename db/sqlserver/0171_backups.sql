-- The copies of this database that were made: when, where, how large, and what they hash to.
CREATE TABLE backups (
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  made_at datetime2(3) NOT NULL,
  file_name nvarchar(400) NOT NULL,
  size bigint NOT NULL,
  hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_backups PRIMARY KEY (id)
);
CREATE INDEX ix_backups_made ON backups (made_at);
GO
