-- Co-negotiation lasts as long as the claim of the holder it was decided against (R23). What was decided before is of the claim that was active then, if that still is.
ALTER TABLE co_negotiators ADD COLUMN claim_id TEXT NULL;
UPDATE co_negotiators SET claim_id =
  (SELECT c.id FROM claims c WHERE c.project_id = co_negotiators.project_id AND c.status = 'active' AND c.activated_at <= co_negotiators.since);
