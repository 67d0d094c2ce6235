-- Problems of projects (R70–R73): raised, assigned to a department, answered, closed by who raised them; the due date moves only with a reason.
CREATE TABLE problems (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  urgent INTEGER NOT NULL,
  blocks TEXT NULL,
  status TEXT NOT NULL,
  by_centre INTEGER NOT NULL,
  raised_by TEXT NOT NULL,
  raised_by_name TEXT NOT NULL,
  raised_unit TEXT NULL,
  raised_at TEXT NOT NULL,
  due_on TEXT NOT NULL,
  due_changes INTEGER NOT NULL,
  told_level INTEGER NOT NULL,
  department_id TEXT NULL,
  assigned_at TEXT NULL,
  answer TEXT NULL,
  answer_files TEXT NULL,
  answered_by TEXT NULL,
  answered_by_name TEXT NULL,
  answered_at TEXT NULL,
  reopened INTEGER NOT NULL,
  reopen_reason TEXT NULL,
  outcome TEXT NULL,
  closed_by TEXT NULL,
  closed_by_name TEXT NULL,
  closed_at TEXT NULL,
  closed_on TEXT NULL,
  closed_in INTEGER NULL,
  override_reason TEXT NULL,
  overridden_by TEXT NULL,
  overridden_by_name TEXT NULL,
  overridden_at TEXT NULL,
  rule_set_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_problems_id ON problems (id);
CREATE INDEX ix_problems_project ON problems (project_id, seq);
CREATE INDEX ix_problems_due ON problems (due_on, seq);
CREATE INDEX ix_problems_status ON problems (status, due_on, seq);
CREATE INDEX ix_problems_department ON problems (department_id, due_on, seq);
CREATE INDEX ix_problems_closed ON problems (closed_on);

-- What a department answers with is for those who read the problem.
ALTER TABLE files ADD COLUMN problem_id TEXT NULL;
