-- Matching reads names along gram, currency and amount, and finds the project's number there; what a project was found by is forgotten pair by pair.
CREATE TABLE name_index (
  gram TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  project_seq INTEGER NOT NULL,
  CONSTRAINT pk_name_index PRIMARY KEY (gram, currency, amount, project_seq)
) WITHOUT ROWID;
INSERT INTO name_index (gram, currency, amount, project_seq)
SELECT g.gram, g.currency, g.amount, p.seq FROM name_grams g JOIN projects p ON p.id = g.project_id WHERE g.currency IS NOT NULL AND g.amount IS NOT NULL;
DROP TABLE name_grams;

CREATE TABLE investor_index (
  gram TEXT NOT NULL,
  investor_id TEXT NOT NULL,
  CONSTRAINT pk_investor_index PRIMARY KEY (gram, investor_id)
) WITHOUT ROWID;
INSERT INTO investor_index (gram, investor_id) SELECT gram, investor_id FROM investor_grams;
DROP TABLE investor_grams;

DROP INDEX ix_search_index_project;

-- A unit's own by last change; and what a rare filter lets through.
CREATE INDEX ix_projects_owner_updated ON projects (owner_id, updated_at, seq);
CREATE INDEX ix_projects_currency ON projects (currency, seq);
CREATE INDEX ix_projects_own_amount ON projects (amount, seq);
