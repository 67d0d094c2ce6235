-- What figures are told from beside the sums of the ledger: signings whose notice was late or missing (R32), rows under an agreement (R46), secret projects.
ALTER TABLE projects ADD COLUMN late_notice INTEGER NOT NULL DEFAULT 0;
UPDATE projects SET late_notice = 1 WHERE flags LIKE '%"late-notice"%' OR flags LIKE '%"no-notice"%';
CREATE INDEX ix_projects_late_notice ON projects (late_notice, seq) WHERE late_notice = 1;
CREATE INDEX ix_projects_secret ON projects (secret, seq) WHERE secret = 1;
CREATE INDEX ix_ledger_agreed ON ledger (kind, period, seq) WHERE agreement_id IS NOT NULL;
