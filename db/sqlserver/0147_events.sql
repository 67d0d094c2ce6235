-- Events (R134): promotion, road-shows, signings, contests, talks; without an organiser the centre's. Results belong to the unit that has them, or recorded them; those with a project to its owner.
CREATE TABLE events (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  organiser_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  technology int NOT NULL,
  name nvarchar(200) NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  place nvarchar(200) NULL,
  participants nvarchar(max) NULL,
  note nvarchar(max) NULL,
  cancel_reason nvarchar(max) NULL,
  added_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  added_by_name nvarchar(100) NOT NULL,
  added_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_events PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_events_id ON events (id);
CREATE INDEX ix_events_starts ON events (starts_on, seq);
GO

CREATE TABLE event_results (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  event_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  title nvarchar(200) NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  unit_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  carrier nvarchar(max) NULL,
  person_name nvarchar(100) NULL,
  person_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  recorded_on date NOT NULL,
  assign_by_on date NOT NULL,
  assigned_on date NULL,
  outcome varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  outcome_note nvarchar(max) NULL,
  recorded_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  recorded_by_name nvarchar(100) NOT NULL,
  recorded_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_event_results PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_event_results_id ON event_results (id);
CREATE INDEX ix_event_results_event ON event_results (event_id, seq);
CREATE INDEX ix_event_results_unit ON event_results (unit_id, seq);
CREATE UNIQUE INDEX ux_event_results_project ON event_results (project_id) WHERE project_id IS NOT NULL AND kind = 'project';
GO
