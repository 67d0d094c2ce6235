-- How many projects entered the talks in a month, and landed or ended in one: counted again each day, for forecasts (regime §15.12). An empty month is not known, or has not come.
CREATE TABLE dwell_cohorts (
  unit_id TEXT NOT NULL,
  secret INTEGER NOT NULL,
  entered TEXT NOT NULL,
  landed TEXT NOT NULL,
  ended TEXT NOT NULL,
  projects INTEGER NOT NULL,
  CONSTRAINT pk_dwell_cohorts PRIMARY KEY (unit_id, secret, entered, landed, ended)
);
