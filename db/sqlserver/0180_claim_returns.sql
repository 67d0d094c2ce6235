-- Reports that the centre returned for completion (R14b): until when the open return runs, how often there was one, and each return with what became of it.
ALTER TABLE claims ADD returned_until datetime2(3) NULL;
ALTER TABLE claims ADD returns int NOT NULL CONSTRAINT df_claims_returns DEFAULT 0;
-- The report as it was completed: what it was received as stays as it is.
ALTER TABLE claims ADD completed_name nvarchar(200) NULL;
ALTER TABLE claims ADD completed_report nvarchar(max) NULL;
GO
CREATE INDEX ix_claims_returned ON claims (returned_until, sequence) WHERE returned_until IS NOT NULL;
GO

-- What was there before a completion stays, as far as the receipt of the report seals it openly; the completion has a receipt of its own.
CREATE TABLE claim_returns (
  claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  number int NOT NULL,
  reason nvarchar(2000) NOT NULL,
  missing nvarchar(max) NOT NULL,
  returned_at datetime2(3) NOT NULL,
  returned_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  returned_by_name nvarchar(100) NOT NULL,
  until_at datetime2(3) NOT NULL,
  completed_at datetime2(3) NULL,
  completed_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  completed_by_name nvarchar(100) NULL,
  report_before nvarchar(max) NULL,
  salt varchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  canonical nvarchar(max) NULL,
  receipt_hash varchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  previous_hash varchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT pk_claim_returns PRIMARY KEY (claim_id, number)
);
CREATE UNIQUE INDEX ux_claim_returns_receipt ON claim_returns (receipt_hash) WHERE receipt_hash IS NOT NULL;
GO
