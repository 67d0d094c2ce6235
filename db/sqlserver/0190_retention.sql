-- What is removed after its time, by the rule set in force (decision 107): of imports the text of their rows and their files; how each kind's last round went.
ALTER TABLE imports ADD rows_removed_at datetime2(3) NULL;
ALTER TABLE imports ADD rows_removed_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
-- Up to which row, while it goes on.
ALTER TABLE imports ADD rows_removed_to int NULL;
ALTER TABLE imports ADD file_removed_at datetime2(3) NULL;
ALTER TABLE imports ADD file_removed_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
GO
CREATE INDEX ix_imports_rows_kept ON imports (finished_at) WHERE rows_removed_at IS NULL;
CREATE INDEX ix_imports_rows_going ON imports (rows_removed_to) WHERE rows_removed_to IS NOT NULL;
CREATE INDEX ix_imports_file_kept ON imports (finished_at) WHERE file_removed_at IS NULL;
CREATE INDEX ix_imports_content_of ON imports (content_of) WHERE content_of IS NOT NULL;
CREATE INDEX ix_notice_recipients_read ON notice_recipients (read_at) WHERE read_at IS NOT NULL;
GO

-- One round of a kind at a time, by whoever has the lease.
CREATE TABLE retention_rounds (
  kind varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  began_at datetime2(3) NULL,
  ended_at datetime2(3) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  removed_before datetime2(3) NULL,
  removed bigint NOT NULL,
  removed_ever bigint NOT NULL,
  lease varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  leased_until datetime2(3) NULL,
  CONSTRAINT pk_retention_rounds PRIMARY KEY (kind)
);
INSERT INTO retention_rounds (kind, removed, removed_ever) VALUES ('read-notices', 0, 0);
INSERT INTO retention_rounds (kind, removed, removed_ever) VALUES ('import-rows', 0, 0);
INSERT INTO retention_rounds (kind, removed, removed_ever) VALUES ('import-files', 0, 0);
GO
