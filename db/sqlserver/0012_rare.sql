-- Matching reads names along gram, currency and amount, and finds the project's number there; what a project was found by is forgotten pair by pair.
CREATE TABLE name_index (
  gram nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  currency char(3) COLLATE Latin1_General_100_BIN2 NOT NULL,
  amount bigint NOT NULL,
  project_seq bigint NOT NULL,
  CONSTRAINT pk_name_index PRIMARY KEY (gram, currency, amount, project_seq)
);
INSERT INTO name_index (gram, currency, amount, project_seq)
SELECT g.gram, g.currency, g.amount, p.seq FROM name_grams g JOIN projects p ON p.id = g.project_id WHERE g.currency IS NOT NULL AND g.amount IS NOT NULL;
DROP TABLE name_grams;

CREATE TABLE investor_index (
  gram nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  investor_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_investor_index PRIMARY KEY (gram, investor_id)
);
INSERT INTO investor_index (gram, investor_id) SELECT gram, investor_id FROM investor_grams;
DROP TABLE investor_grams;

DROP INDEX ix_search_index_project ON search_index;

-- A unit's own by last change; and what a rare filter lets through.
CREATE INDEX ix_projects_owner_updated ON projects (owner_id, updated_at, seq);
CREATE INDEX ix_projects_currency ON projects (currency, seq);
CREATE INDEX ix_projects_own_amount ON projects (amount, seq);
