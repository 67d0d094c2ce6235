-- What comes due is found by its day: the last day on which the notice of a planned signing would be in time (R30), the end of the time to contest a removal, the due dates of unresolved problems.
-- The program judges the projects that are there already.
ALTER TABLE projects ADD COLUMN notice_by TEXT NULL;
CREATE INDEX ix_projects_notice_by ON projects (notice_by, seq) WHERE notice_by IS NOT NULL;
CREATE INDEX ix_removals_contest ON removals (status, contest_until, seq);
CREATE INDEX ix_problems_unresolved ON problems (due_on, seq) WHERE status <> 'closed';
DELETE FROM settings WHERE name = 'lights-judged';

-- When the centre was told that a removal waits for it.
ALTER TABLE removals ADD COLUMN waiting_told_at TEXT NULL;
