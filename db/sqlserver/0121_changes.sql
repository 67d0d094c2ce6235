-- The change feed: what changed, numbered in the order of commits under the lock of the audit trail; whom each change concerns; to whom each project was open when it was told of last; and which turns of time were told.
ALTER TABLE audit_head ADD change_seq bigint NOT NULL CONSTRAINT df_audit_head_change_seq DEFAULT 0;
GO

CREATE TABLE changes (
  seq bigint NOT NULL,
  at datetime2(3) NOT NULL,
  recorded_at datetime2(3) NOT NULL,
  type varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_kind varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  version bigint NULL,
  public_version bigint NULL,
  cause varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  state varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  secret int NOT NULL,
  audit_seq bigint NOT NULL,
  CONSTRAINT pk_changes PRIMARY KEY (seq)
);

-- Before: 1, after: 2, throughout: 3.
CREATE TABLE change_readers (
  reader varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  seq bigint NOT NULL,
  seen int NOT NULL,
  CONSTRAINT pk_change_readers PRIMARY KEY (reader, seq)
);
CREATE INDEX ix_change_readers_seq ON change_readers (seq);

CREATE TABLE change_audiences (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  reader varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_change_audiences PRIMARY KEY (project_id, reader)
);
GO
INSERT INTO change_audiences (project_id, reader) SELECT p.id, p.owner_id FROM projects p;
INSERT INTO change_audiences (project_id, reader) SELECT p.id, 'leaders' FROM projects p WHERE p.secret = 0;
INSERT INTO change_audiences (project_id, reader)
SELECT p.id, '*' FROM projects p WHERE p.secret = 0 AND (p.stage NOT IN ('in-talks', 'terminated') OR (p.stage = 'terminated' AND p.signed_on IS NOT NULL));
INSERT INTO change_audiences (project_id, reader)
SELECT l.project_id, l.user_id FROM project_leaders l JOIN projects p ON p.id = l.project_id WHERE p.secret = 1;
INSERT INTO change_audiences (project_id, reader)
SELECT n.project_id, n.jurisdiction_id FROM co_negotiators n JOIN projects p ON p.id = n.project_id JOIN claims c ON c.id = p.claim_id AND c.id = n.claim_id
WHERE c.status = 'active' AND p.stage = 'in-talks' AND n.jurisdiction_id <> p.owner_id;
GO

-- The due date of which it was told that it is past. What is overdue already is not told again.
ALTER TABLE problems ADD overdue_told date NULL;
GO
UPDATE problems SET overdue_told = due_on WHERE due_on < CAST(DATEADD(hour, 8, SYSUTCDATETIME()) AS date);
GO

-- The light that was told last. Those that have turned already are not told again.
ALTER TABLE projects ADD light_told varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT df_projects_light_told DEFAULT 'green';
GO
UPDATE projects SET light_told = 'yellow' WHERE yellow_on <= CAST(DATEADD(hour, 8, SYSUTCDATETIME()) AS date);
UPDATE projects SET light_told = 'red' WHERE red_on <= CAST(DATEADD(hour, 8, SYSUTCDATETIME()) AS date);
GO
CREATE INDEX ix_projects_turns_yellow ON projects (yellow_on) WHERE light_told = 'green' AND yellow_on IS NOT NULL;
CREATE INDEX ix_projects_turns_red ON projects (red_on) WHERE light_told <> 'red' AND red_on IS NOT NULL;
GO
