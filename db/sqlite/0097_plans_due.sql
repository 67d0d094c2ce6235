-- What comes due for a unit, too: the day for which a project's next step is planned, and projects in talks that are to be reported (R10). The program judges the projects that are there already.
ALTER TABLE projects ADD COLUMN plan_on TEXT NULL;
CREATE INDEX ix_projects_plan_on ON projects (owner_id, plan_on, seq) WHERE plan_on IS NOT NULL;
CREATE INDEX ix_projects_report_required ON projects (owner_id, in_talks_on, seq) WHERE report_required = 1;
DELETE FROM settings WHERE name = 'lights-judged';
