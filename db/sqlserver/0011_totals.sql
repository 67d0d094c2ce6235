-- How many projects stand, and stood on any day, in each stage, what they are worth, and how many entered and left it. The program makes them from the projects at its next start.
CREATE TABLE stage_totals (
  dimension varchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  scope varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  level char(1) COLLATE Latin1_General_100_BIN2 NOT NULL,
  period varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  item varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stage varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind char(1) COLLATE Latin1_General_100_BIN2 NOT NULL,
  currency varchar(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
  projects bigint NOT NULL,
  amount bigint NOT NULL,
  entered bigint NOT NULL,
  gone bigint NOT NULL,
  CONSTRAINT pk_stage_totals PRIMARY KEY (dimension, scope, level, period, item, stage, kind, currency)
);

-- What was added to them, or taken away, and is not yet in them.
CREATE TABLE total_changes (
  seq bigint IDENTITY(1,1) NOT NULL,
  day varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stage varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  owner_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  industry_class varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  entered_month varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind char(1) COLLATE Latin1_General_100_BIN2 NOT NULL,
  currency varchar(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
  projects int NOT NULL,
  amount bigint NOT NULL,
  entered int NOT NULL,
  gone int NOT NULL,
  taken int NOT NULL,
  CONSTRAINT pk_total_changes PRIMARY KEY (seq)
);
