-- Leads of out-posted offices (R137). Who to speak to stands sealed in contacts; due_on is the last day for what is due next.
CREATE TABLE office_leads (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  office_id TEXT NOT NULL,
  title TEXT NOT NULL,
  investor TEXT NULL,
  content TEXT NULL,
  scale TEXT NULL,
  contacts TEXT NOT NULL,
  status TEXT NOT NULL,
  unit_id TEXT NULL,
  reason TEXT NULL,
  project_id TEXT NULL,
  due_on TEXT NULL,
  submitted_on TEXT NOT NULL,
  submitted_by TEXT NOT NULL,
  submitted_by_name TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_office_leads_id ON office_leads (id);
CREATE INDEX ix_office_leads_office ON office_leads (office_id, seq);
CREATE INDEX ix_office_leads_unit ON office_leads (unit_id, seq);
CREATE INDEX ix_office_leads_due ON office_leads (due_on);

CREATE TABLE office_lead_steps (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  lead_id TEXT NOT NULL,
  step TEXT NOT NULL,
  to_status TEXT NOT NULL,
  note TEXT NULL,
  stepped_by TEXT NOT NULL,
  stepped_by_name TEXT NOT NULL,
  stepped_at TEXT NOT NULL
);
CREATE INDEX ix_office_lead_steps_lead ON office_lead_steps (lead_id, seq);
