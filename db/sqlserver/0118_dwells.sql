-- How many projects entered the talks in a month, and landed or ended in one: counted again each day, for forecasts (regime §15.12). An empty month is not known, or has not come.
CREATE TABLE dwell_cohorts (
  unit_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  secret int NOT NULL,
  entered varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  landed varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ended varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  projects bigint NOT NULL,
  CONSTRAINT pk_dwell_cohorts PRIMARY KEY (unit_id, secret, entered, landed, ended)
);
GO
