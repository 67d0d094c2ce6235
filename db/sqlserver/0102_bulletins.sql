-- Bulletins (R118). What a draft says is made anew whenever it is read; `content` is what was issued, and does not change.
CREATE TABLE bulletins (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  period varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  template varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  places int NOT NULL,
  note nvarchar(max) NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  snapshot_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  drafted_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  drafted_by_name nvarchar(100) NOT NULL,
  drafted_at datetime2(3) NOT NULL,
  issued_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  issued_by_name nvarchar(100) NULL,
  issued_at datetime2(3) NULL,
  issue_year int NULL,
  number int NULL,
  content nvarchar(max) NULL,
  hash varchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  superseded_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  superseded_by_name nvarchar(100) NULL,
  superseded_at datetime2(3) NULL,
  supersede_reason nvarchar(max) NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_bulletins PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_bulletins_id ON bulletins (id);
CREATE UNIQUE INDEX ux_bulletins_number ON bulletins (issue_year, number) WHERE number IS NOT NULL;
CREATE INDEX ix_bulletins_period ON bulletins (kind, period, seq);
CREATE INDEX ix_bulletins_snapshot ON bulletins (snapshot_id);
