-- A million projects: a page of a list in any order, and of a search, is read along an index from where it begins.
ALTER TABLE projects ADD amount_order bigint NOT NULL CONSTRAINT df_projects_amount_order DEFAULT -1;
GO
UPDATE projects SET amount_order = COALESCE(amount_cny, -1);
CREATE INDEX ix_projects_amount ON projects (amount_order, seq);
CREATE INDEX ix_projects_public_updated ON projects (public_updated_at, seq);
CREATE INDEX ix_projects_industry ON projects (industry_code, seq);
CREATE INDEX ix_projects_chain ON projects (chain, seq);
CREATE INDEX ix_projects_stage_amount ON projects (stage, amount_order, seq);
CREATE INDEX ix_projects_stage_updated ON projects (stage, updated_at, seq);
CREATE INDEX ix_projects_stage_name ON projects (stage, name_key, seq);
CREATE INDEX ix_projects_stage_code ON projects (stage, code);
CREATE INDEX ix_projects_idle ON projects (stage, idle_since, seq);
CREATE INDEX ix_projects_owner_stage ON projects (owner_id, stage, seq);
CREATE INDEX ix_claims_expires ON claims (expires_at, sequence);
CREATE INDEX ix_moves_unit ON moves (jurisdiction_id, seq);

-- What search finds projects by, in the order in which they came: a page of a search for what is everywhere is read no further than it goes.
CREATE TABLE search_index (
  gram nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_seq bigint NOT NULL,
  CONSTRAINT pk_search_index PRIMARY KEY (gram, project_seq)
);
CREATE INDEX ix_search_index_project ON search_index (project_seq);
INSERT INTO search_index (gram, project_seq) SELECT g.gram, p.seq FROM search_grams g JOIN projects p ON p.id = g.project_id;
DROP TABLE search_grams;
