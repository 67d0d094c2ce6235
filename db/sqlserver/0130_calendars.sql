-- Calendars to subscribe to: a link that only its maker knows, kept as its hash.
CREATE TABLE calendars (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  user_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kinds varchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  alarm varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  language varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  token_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  created_at datetime2(3) NOT NULL,
  last_read_at datetime2(3) NULL,
  last_read_address nvarchar(100) NULL,
  CONSTRAINT pk_calendars PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_calendars_id ON calendars (id);
CREATE UNIQUE INDEX ux_calendars_token ON calendars (token_hash);
CREATE INDEX ix_calendars_user ON calendars (user_id, seq);
GO

-- What a calendar told last, so that changes get a number and what is gone is told as cancelled for a while. `project_id` is what tells that a project became secret.
CREATE TABLE calendar_entries (
  calendar_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  uid varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  title nvarchar(400) NOT NULL,
  on_day date NULL,
  at_instant datetime2(3) NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  sequence int NOT NULL,
  changed_at datetime2(3) NOT NULL,
  cancelled int NOT NULL,
  CONSTRAINT pk_calendar_entries PRIMARY KEY (calendar_id, uid)
);
GO
