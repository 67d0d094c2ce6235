-- How long projects stay in their stages, and what became of the first reports, are totals as well. What is not yet in them is forgotten: the program makes them anew from the projects at its next start.
DROP TABLE total_changes;
CREATE TABLE total_changes (
  seq bigint IDENTITY(1,1) NOT NULL,
  subject varchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  day varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stage varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  owner_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  industry_class varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  entered_on varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  days int NOT NULL,
  kind char(1) COLLATE Latin1_General_100_BIN2 NOT NULL,
  currency varchar(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
  projects int NOT NULL,
  amount bigint NOT NULL,
  entered int NOT NULL,
  gone int NOT NULL,
  stayed int NOT NULL,
  taken int NOT NULL,
  CONSTRAINT pk_total_changes PRIMARY KEY (seq)
);
DELETE FROM stage_totals;
DELETE FROM counters WHERE name = 'stage-totals';
