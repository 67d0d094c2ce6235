-- Meetings (R74): an agenda made from the facts at a cut-off, frozen when it is issued; minutes whose decisions are actions with an owner and a due date.
CREATE TABLE meetings (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  held_on TEXT NOT NULL,
  starts_at TEXT NULL,
  place TEXT NULL,
  chair TEXT NOT NULL,
  chair_id TEXT NULL,
  attendees TEXT NULL,
  summary TEXT NULL,
  cut_off_at TEXT NOT NULL,
  planned_by TEXT NOT NULL,
  planned_by_name TEXT NOT NULL,
  planned_at TEXT NOT NULL,
  issued_at TEXT NULL,
  issued_by TEXT NULL,
  issued_by_name TEXT NULL,
  agenda_hash TEXT NULL,
  closed_at TEXT NULL,
  closed_by TEXT NULL,
  closed_by_name TEXT NULL,
  cancel_reason TEXT NULL,
  rule_set_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_meetings_id ON meetings (id);
CREATE INDEX ix_meetings_held ON meetings (held_on, seq);
CREATE INDEX ix_meetings_status ON meetings (status, held_on, seq);
CREATE INDEX ix_meetings_kind ON meetings (kind, held_on, seq);

-- What the centre changed on an agenda that is still made from the facts; once issued, all that is on it, as it was sent.
CREATE TABLE meeting_items (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  meeting_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  project_id TEXT NULL,
  title TEXT NULL,
  note TEXT NULL,
  reason TEXT NULL,
  changed_by TEXT NULL,
  changed_by_name TEXT NULL,
  changed_at TEXT NULL,
  place INTEGER NULL,
  content TEXT NULL
);
CREATE UNIQUE INDEX ux_meeting_items ON meeting_items (meeting_id, item_id);
CREATE INDEX ix_meeting_items_project ON meeting_items (project_id, meeting_id);
CREATE INDEX ix_meeting_items_item ON meeting_items (item_id, meeting_id);

CREATE TABLE actions (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  project_id TEXT NULL,
  text TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  status TEXT NOT NULL,
  due_on TEXT NOT NULL,
  due_changes INTEGER NOT NULL,
  told_level INTEGER NOT NULL,
  carried INTEGER NOT NULL,
  decided_by TEXT NOT NULL,
  decided_by_name TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  done_note TEXT NULL,
  done_by TEXT NULL,
  done_by_name TEXT NULL,
  ended_at TEXT NULL,
  reopened INTEGER NOT NULL,
  reason TEXT NULL,
  rule_set_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_actions_id ON actions (id);
CREATE INDEX ix_actions_meeting ON actions (meeting_id, seq);
CREATE INDEX ix_actions_due ON actions (due_on, seq);
CREATE INDEX ix_actions_status ON actions (status, due_on, seq);
CREATE INDEX ix_actions_owner ON actions (owner_id, due_on, seq);
CREATE INDEX ix_actions_project ON actions (project_id, due_on, seq);
CREATE INDEX ix_actions_ended ON actions (ended_at);

-- Projects from a size on, each in its own currency.
CREATE INDEX ix_projects_currency_amount ON projects (currency, amount);
