-- The copies of this database that were made: when, where, how large, and what they hash to.
CREATE TABLE backups (
  id TEXT NOT NULL,
  made_at TEXT NOT NULL,
  file_name TEXT NOT NULL,
  size INTEGER NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_backups PRIMARY KEY (id)
);
CREATE INDEX ix_backups_made ON backups (made_at);
