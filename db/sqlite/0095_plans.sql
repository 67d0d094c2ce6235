-- What a large part of a table has in common: without this SQLite takes every index for equally sharp, and seeks a project's moves by their status. The figures are of the order of a large city's; they
-- stay as they are, so that plans do not depend on what was counted when.
ANALYZE settings;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('audit', 'ix_audit_action', '1000000 50000 1'),
  ('capital_entries', 'ix_capital_entries_status', '1000000 20000 1'),
  ('capital_entries', 'ix_capital_entries_unit', '1000000 15000 1'),
  ('claims', 'ix_claims_status', '1000000 20000 2'),
  ('claims', 'ix_claims_unit', '1000000 15000 1'),
  ('disputes', 'ix_disputes_status', '1000000 20000 1'),
  ('imports', 'ix_imports_status', '1000000 20000 1'),
  ('imports', 'ix_imports_unit', '1000000 15000 1'),
  ('ledger', 'ix_ledger_period', '1000000 150000 2000 1'),
  ('market_offers', 'ix_market_offers_unit', '1000000 15000 1'),
  ('moves', 'ix_moves_status', '1000000 20000 1'),
  ('moves', 'ix_moves_unit', '1000000 15000 1'),
  ('problems', 'ix_problems_status', '1000000 20000 500 1'),
  ('problems', 'ix_problems_department', '1000000 30000 100 1'),
  ('removals', 'ix_removals_status', '1000000 20000 1'),
  ('removals', 'ix_removals_unit', '1000000 15000 1'),
  ('signing_notices', 'ix_signing_notices_unit', '1000000 15000 50 1'),
  ('stage_spans', 'ix_stage_spans_stage', '1000000 20000 200'),
  ('transfers', 'ix_transfers_status', '1000000 20000 1'),
  ('transfers', 'ix_transfers_due', '1000000 20000 10');
