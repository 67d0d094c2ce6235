-- Calendars to subscribe to: a link that only its maker knows, kept as its hash.
CREATE TABLE calendars (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  kinds TEXT NOT NULL,
  alarm TEXT NULL,
  language TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  last_read_at TEXT NULL,
  last_read_address TEXT NULL
);
CREATE UNIQUE INDEX ux_calendars_id ON calendars (id);
CREATE UNIQUE INDEX ux_calendars_token ON calendars (token_hash);
CREATE INDEX ix_calendars_user ON calendars (user_id, seq);

-- What a calendar told last, so that changes get a number and what is gone is told as cancelled for a while. `project_id` is what tells that a project became secret.
CREATE TABLE calendar_entries (
  calendar_id TEXT NOT NULL,
  uid TEXT NOT NULL,
  title TEXT NOT NULL,
  on_day TEXT NULL,
  at_instant TEXT NULL,
  project_id TEXT NULL,
  sequence INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  cancelled INTEGER NOT NULL,
  CONSTRAINT pk_calendar_entries PRIMARY KEY (calendar_id, uid)
);
