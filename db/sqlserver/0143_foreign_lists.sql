-- What was known of foreign enterprises from which day on, so that the lists of a month are made from what was known then (R138). Rows are only ever added.
CREATE TABLE foreign_facts (
  seq bigint IDENTITY(1,1) NOT NULL,
  enterprise_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  known_on date NOT NULL,
  details nvarchar(max) NOT NULL,
  CONSTRAINT pk_foreign_facts PRIMARY KEY (seq)
);
CREATE INDEX ix_foreign_facts_enterprise ON foreign_facts (enterprise_id, seq);
GO
INSERT INTO foreign_facts (enterprise_id, known_on, details)
  SELECT e.id, e.trusted_since, e.details FROM library_entries e WHERE e.library = 'foreign-enterprises';
GO

-- Visits to enterprises on a list, and what came of them.
CREATE TABLE foreign_visits (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  enterprise_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  list varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  visited_on date NOT NULL,
  outcome varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  note nvarchar(max) NOT NULL,
  recorded_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  recorded_by_name nvarchar(100) NOT NULL,
  recorded_at datetime2(3) NOT NULL,
  CONSTRAINT pk_foreign_visits PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_foreign_visits_id ON foreign_visits (id);
CREATE INDEX ix_foreign_visits_enterprise ON foreign_visits (enterprise_id, list, seq);
GO
