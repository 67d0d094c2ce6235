-- Which days are worked in a year: the deadlines of disputes count working days (R23).
CREATE TABLE work_calendars (
  year INTEGER NOT NULL,
  holidays TEXT NOT NULL,
  workdays TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT pk_work_calendars PRIMARY KEY (year)
);

-- A unit contests what became of its report (R23). The deadlines are fixed when they begin; what the parties wrote, and the evidence as it stood, is only ever added to.
CREATE TABLE disputes (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  claim_id TEXT NOT NULL,
  project_id TEXT NULL,
  contestant_id TEXT NOT NULL,
  respondent_id TEXT NULL,
  respondent_claim_id TEXT NULL,
  status TEXT NOT NULL,
  outcome_at TEXT NOT NULL,
  grounds TEXT NOT NULL,
  files TEXT NOT NULL,
  filed_by TEXT NOT NULL,
  filed_by_name TEXT NOT NULL,
  filed_at TEXT NOT NULL,
  answer_due TEXT NULL,
  answer TEXT NULL,
  answer_files TEXT NULL,
  answered_by TEXT NULL,
  answered_by_name TEXT NULL,
  answered_at TEXT NULL,
  decision_due TEXT NOT NULL,
  outcome TEXT NULL,
  reason TEXT NULL,
  false_report INTEGER NOT NULL,
  decided_by TEXT NULL,
  decided_by_name TEXT NULL,
  decided_at TEXT NULL,
  appeal_due TEXT NULL,
  appellant_id TEXT NULL,
  appeal_grounds TEXT NULL,
  appealed_by TEXT NULL,
  appealed_by_name TEXT NULL,
  appealed_at TEXT NULL,
  final_outcome TEXT NULL,
  final_reason TEXT NULL,
  final_by TEXT NULL,
  final_by_name TEXT NULL,
  final_at TEXT NULL,
  granted_claim_id TEXT NULL,
  rule_set_id TEXT NOT NULL,
  evidence TEXT NOT NULL,
  evidence_hash TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_disputes_id ON disputes (id);
CREATE UNIQUE INDEX ux_disputes_outcome ON disputes (claim_id, outcome_at);
CREATE INDEX ix_disputes_contestant ON disputes (contestant_id, seq);
CREATE INDEX ix_disputes_respondent ON disputes (respondent_id, seq);
CREATE INDEX ix_disputes_project ON disputes (project_id, seq);
CREATE INDEX ix_disputes_status ON disputes (status, seq);

-- Who negotiates beside the holder by decision of a dispute.
CREATE TABLE co_negotiators (
  project_id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  dispute_id TEXT NOT NULL,
  since TEXT NOT NULL,
  CONSTRAINT pk_co_negotiators PRIMARY KEY (project_id, jurisdiction_id)
);

-- Whom a proven false report bars from a project, and until when.
CREATE TABLE report_bars (
  project_id TEXT NOT NULL,
  jurisdiction_id TEXT NOT NULL,
  dispute_id TEXT NOT NULL,
  until_at TEXT NOT NULL,
  CONSTRAINT pk_report_bars PRIMARY KEY (project_id, jurisdiction_id)
);

-- Since when a claim's window stands still.
ALTER TABLE claims ADD COLUMN suspended_at TEXT NULL;

-- A file may prove something in a dispute: it is its parties' and the centre's.
ALTER TABLE files ADD COLUMN dispute_id TEXT NULL;
