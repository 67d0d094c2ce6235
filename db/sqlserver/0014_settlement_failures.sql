-- Projects whose claims could not be settled: set aside, so that they keep nobody else from theirs, and tried again later.
CREATE TABLE settlement_failures (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  failed_at datetime2(3) NOT NULL,
  retry_at datetime2(3) NOT NULL,
  attempts int NOT NULL,
  error nvarchar(400) NOT NULL,
  CONSTRAINT pk_settlement_failures PRIMARY KEY (project_id)
);
