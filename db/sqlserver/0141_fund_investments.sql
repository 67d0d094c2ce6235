-- Where the money of funds went (R131): submitted, then verified by a second person or returned; what was verified counts.
CREATE TABLE fund_investments (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  fund_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  company nvarchar(200) NOT NULL,
  uscc nvarchar(30) NULL,
  invested_in varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  invested_on date NOT NULL,
  amount bigint NOT NULL,
  currency varchar(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
  evidence nvarchar(200) NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  submitted_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  submitted_by_name nvarchar(100) NOT NULL,
  submitted_at datetime2(3) NOT NULL,
  decided_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  decided_by_name nvarchar(100) NULL,
  decided_at datetime2(3) NULL,
  reason nvarchar(max) NULL,
  version bigint NOT NULL,
  CONSTRAINT pk_fund_investments PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_fund_investments_id ON fund_investments (id);
CREATE INDEX ix_fund_investments_fund ON fund_investments (fund_id, seq);
GO
