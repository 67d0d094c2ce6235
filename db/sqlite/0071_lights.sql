-- The days on which a project's light turns and its removal is proposed, as it stands (R90–R94), and the last progress other than a call. The program judges the projects that are there already.
ALTER TABLE projects ADD COLUMN last_progress_on TEXT NULL;
ALTER TABLE projects ADD COLUMN yellow_on TEXT NULL;
ALTER TABLE projects ADD COLUMN red_on TEXT NULL;
ALTER TABLE projects ADD COLUMN removal_on TEXT NULL;
DROP INDEX ix_projects_idle;
CREATE INDEX ix_projects_yellow ON projects (yellow_on, seq) WHERE yellow_on IS NOT NULL;
CREATE INDEX ix_projects_red ON projects (red_on, seq) WHERE red_on IS NOT NULL;
CREATE INDEX ix_projects_removal ON projects (removal_on, seq) WHERE removal_on IS NOT NULL;

UPDATE projects SET last_progress_on =
  (SELECT MAX(t.occurred_on) FROM timeline t WHERE t.project_id = projects.id AND t.kind = 'progress' AND t.after_json NOT LIKE '%"kind":"call"%');

-- Talks that progress set back count from when they were entered again, and from progress beside.
UPDATE projects SET idle_since = COALESCE((SELECT s.entered_on FROM stage_spans s WHERE s.project_id = projects.id AND s.left_on IS NULL), idle_since) WHERE stage = 'in-talks';

-- Totals are told apart by light as well: they are counted again at the next start.
DELETE FROM stage_totals;
DELETE FROM counters WHERE name = 'stage-totals';
