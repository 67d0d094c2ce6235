-- Who works in investment promotion for a unit, and who heads it (R117). Rows are only ever added, the last version stands; who left stays in it with the last day.
CREATE TABLE posted_people (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  unit_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  stated_by TEXT NOT NULL,
  stated_by_name TEXT NOT NULL,
  stated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_posted_people_version ON posted_people (unit_id, version);

-- What a project needs of emission rights, in thousandths of a tonne a year (R139); land and energy are facts of the project.
CREATE TABLE project_elements (
  project_id TEXT NOT NULL,
  emission_need INTEGER NULL,
  recorded_by TEXT NOT NULL,
  recorded_by_name TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT pk_project_elements PRIMARY KEY (project_id)
);

-- What a project was granted: land in m², energy in tonnes of standard coal a year, emission rights in tonnes a year, all in thousandths.
CREATE TABLE element_grants (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  project_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount INTEGER NOT NULL,
  granted_on TEXT NOT NULL,
  in_zone INTEGER NULL,
  paper TEXT NOT NULL
);
CREATE INDEX ix_element_grants_project ON element_grants (project_id, seq);
CREATE INDEX ix_element_grants_granted ON element_grants (granted_on, project_id);
