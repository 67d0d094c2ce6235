-- Projects that a unit offers by their needs alone (§15.9): who is to get one learns what it is only once he has accepted.
CREATE TABLE market_offers (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  offered_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  offered_by_name nvarchar(100) NOT NULL,
  offered_at datetime2(3) NOT NULL,
  withdrawn_at datetime2(3) NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_market_offers PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_market_offers_id ON market_offers (id);
CREATE UNIQUE INDEX ux_market_offers_open ON market_offers (project_id) WHERE withdrawn_at IS NULL;
CREATE INDEX ix_market_offers_unit ON market_offers (jurisdiction_id, seq);
GO
ALTER TABLE transfers ADD blind int NULL;
GO
