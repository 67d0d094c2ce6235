-- What is due of a unit by days of its projects and ends of its claims, without reading all that it has: in a city of a million a large unit has a hundred thousand.
CREATE INDEX ix_projects_owner_yellow ON projects (owner_id, yellow_on, seq) WHERE yellow_on IS NOT NULL;
CREATE INDEX ix_projects_owner_red ON projects (owner_id, red_on, seq) WHERE red_on IS NOT NULL;
CREATE INDEX ix_projects_owner_notice_by ON projects (owner_id, notice_by, seq) WHERE notice_by IS NOT NULL;
CREATE INDEX ix_claims_lost ON claims (jurisdiction_id, ended_at) WHERE status IN ('rejected', 'revoked');
CREATE INDEX ix_claims_unit_active ON claims (jurisdiction_id, expires_at, sequence) WHERE status = 'active';
CREATE INDEX ix_claims_unit_returned ON claims (jurisdiction_id, returned_until, sequence) WHERE returned_until IS NOT NULL;
