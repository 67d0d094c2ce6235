-- Each project in or out of what a unit works on, by the month in which it was recorded (R95): opening + in − out = closing. What stood in talks or signed before this was kept is the opening of every month.
CREATE TABLE library_flows (
  seq bigint IDENTITY(1,1) NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  delta int NOT NULL,
  period varchar(7) COLLATE Latin1_General_100_BIN2 NOT NULL,
  recorded_at datetime2(3) NOT NULL,
  CONSTRAINT pk_library_flows PRIMARY KEY (seq)
);
CREATE INDEX ix_library_flows_project ON library_flows (project_id, seq);
CREATE INDEX ix_library_flows_unit ON library_flows (jurisdiction_id, period, kind, delta);
CREATE INDEX ix_library_flows_period ON library_flows (period, jurisdiction_id, kind, delta);
GO

INSERT INTO library_flows (project_id, jurisdiction_id, kind, delta, period, recorded_at)
SELECT id, owner_id, 'opening', 1, '', updated_at FROM projects WHERE stage IN ('in-talks', 'signed') ORDER BY seq;
GO
