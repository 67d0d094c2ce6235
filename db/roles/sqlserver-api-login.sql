-- Rights of the login with which the service runs on SQL Server: everything it needs, and no way to change or remove what was recorded.
-- Run by a privileged login after each migration, in the service's database. First make the login and its user:
--   CREATE LOGIN pipeline_api WITH PASSWORD = '...'; CREATE USER pipeline_api FOR LOGIN pipeline_api;
-- Migrations are applied by the privileged login (`Pipeline.Api migrate`); the service then finds nothing left to apply.
CREATE ROLE pipeline_service;
GO
ALTER ROLE pipeline_service ADD MEMBER pipeline_api;
GO

-- Read everything; sp_getapplock is anybody's.
GRANT SELECT ON SCHEMA::dbo TO pipeline_service;
GO

-- The audit trail: entries are only ever added. Its head moves with them.
GRANT INSERT ON dbo.audit TO pipeline_service;
DENY UPDATE, DELETE ON dbo.audit TO pipeline_service;
GRANT UPDATE ON dbo.audit_head TO pipeline_service;
DENY INSERT, DELETE ON dbo.audit_head TO pipeline_service;
GO

-- The change feed: entries are added, and forgotten after their time.
GRANT INSERT, DELETE ON dbo.changes TO pipeline_service;
DENY UPDATE ON dbo.changes TO pipeline_service;
GRANT INSERT, DELETE ON dbo.change_readers TO pipeline_service;
DENY UPDATE ON dbo.change_readers TO pipeline_service;
GRANT INSERT, DELETE ON dbo.change_audiences TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.webhooks TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.webhook_deliveries TO pipeline_service;
GRANT INSERT, DELETE ON dbo.webhook_tries TO pipeline_service;
GO

-- The ledger of facts that count: rows are only ever added. Its head moves with them.
GRANT INSERT ON dbo.ledger TO pipeline_service;
DENY UPDATE, DELETE ON dbo.ledger TO pipeline_service;
GRANT UPDATE ON dbo.ledger_head TO pipeline_service;
DENY INSERT, DELETE ON dbo.ledger_head TO pipeline_service;
GO

-- Claims carry their receipts: what was reported and sealed cannot be changed, what becomes of it can. Contacts can be erased and sealed anew.
GRANT INSERT ON dbo.claims TO pipeline_service;
DENY DELETE ON dbo.claims TO pipeline_service;
GRANT UPDATE ON dbo.claims (project_id, status, activated_at, expires_at, ended_at, end_reason, rule_set_id, extensions, suspended_at, contacts, completed_name, completed_report, too_many, returned_until, returns, version, updated_at) TO pipeline_service;
DENY UPDATE ON dbo.claims (sequence, id, jurisdiction_id, reported_by, reported_by_name, received_at, name, report, own_project_id, salt, canonical, receipt_hash, previous_hash) TO pipeline_service;
GO

-- Timelines, moves and files are history: added, decided, attached, never removed. Uploads that nobody used are forgotten after a day.
GRANT INSERT ON dbo.timeline TO pipeline_service;
DENY UPDATE, DELETE ON dbo.timeline TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.moves TO pipeline_service;
DENY DELETE ON dbo.moves TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.files TO pipeline_service;
GRANT INSERT, DELETE ON dbo.file_contents TO pipeline_service;
GO

-- The processes that serve the database come and go.
GRANT INSERT, UPDATE, DELETE ON dbo.instances TO pipeline_service;
GRANT INSERT ON dbo.backups TO pipeline_service;
GO

GRANT INSERT, UPDATE ON dbo.projects TO pipeline_service;
DENY DELETE ON dbo.projects TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.jurisdictions TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.users TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.rule_sets TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.rule_set_drafts TO pipeline_service;
DENY DELETE ON dbo.rule_set_drafts TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.work_calendars TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.disputes TO pipeline_service;
DENY DELETE ON dbo.disputes TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.transfers TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.market_offers TO pipeline_service;
DENY DELETE ON dbo.market_offers TO pipeline_service;
DENY DELETE ON dbo.transfers TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.signing_notices TO pipeline_service;
DENY DELETE ON dbo.signing_notices TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.removals TO pipeline_service;
DENY DELETE ON dbo.removals TO pipeline_service;
GRANT INSERT ON dbo.tolerance_papers TO pipeline_service;
DENY UPDATE, DELETE ON dbo.tolerance_papers TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.external_refs TO pipeline_service;
DENY DELETE ON dbo.external_refs TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.library_entries TO pipeline_service;
DENY DELETE ON dbo.library_entries TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.fund_investments TO pipeline_service;
DENY DELETE ON dbo.fund_investments TO pipeline_service;
GRANT INSERT ON dbo.foreign_facts TO pipeline_service;
DENY UPDATE, DELETE ON dbo.foreign_facts TO pipeline_service;
GRANT INSERT ON dbo.foreign_visits TO pipeline_service;
DENY UPDATE, DELETE ON dbo.foreign_visits TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.referrers TO pipeline_service;
DENY DELETE ON dbo.referrers TO pipeline_service;
GRANT INSERT, DELETE ON dbo.library_search TO pipeline_service;
GRANT INSERT, DELETE ON dbo.library_tags TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.team_members TO pipeline_service;
DENY DELETE ON dbo.team_members TO pipeline_service;
GRANT INSERT ON dbo.library_flows TO pipeline_service;
DENY UPDATE, DELETE ON dbo.library_flows TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.leader_batches TO pipeline_service;
DENY DELETE ON dbo.leader_batches TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.leader_links TO pipeline_service;
DENY DELETE ON dbo.leader_links TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.indicators TO pipeline_service;
DENY DELETE ON dbo.indicators TO pipeline_service;
GRANT INSERT ON dbo.indicator_values TO pipeline_service;
DENY UPDATE, DELETE ON dbo.indicator_values TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.targets TO pipeline_service;
DENY DELETE ON dbo.targets TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.score_models TO pipeline_service;
DENY DELETE ON dbo.score_models TO pipeline_service;
GRANT INSERT ON dbo.score_marks TO pipeline_service;
DENY UPDATE, DELETE ON dbo.score_marks TO pipeline_service;
GRANT INSERT ON dbo.score_rehearsals TO pipeline_service;
DENY UPDATE, DELETE ON dbo.score_rehearsals TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.periods TO pipeline_service;
DENY DELETE ON dbo.periods TO pipeline_service;
GRANT INSERT ON dbo.snapshots TO pipeline_service;
DENY UPDATE, DELETE ON dbo.snapshots TO pipeline_service;
GRANT INSERT ON dbo.snapshot_tables TO pipeline_service;
DENY UPDATE, DELETE ON dbo.snapshot_tables TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.bulletins TO pipeline_service;
DENY DELETE ON dbo.bulletins TO pipeline_service;
GRANT INSERT, DELETE ON dbo.dwell_cohorts TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.books_proofs TO pipeline_service;
DENY DELETE ON dbo.books_proofs TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.meetings TO pipeline_service;
DENY DELETE ON dbo.meetings TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.meeting_items TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.actions TO pipeline_service;
DENY DELETE ON dbo.actions TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.problems TO pipeline_service;
DENY DELETE ON dbo.problems TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.capital_entries TO pipeline_service;
DENY DELETE ON dbo.capital_entries TO pipeline_service;
-- What an import that is undone said first of a year is taken away; its timeline stays.
GRANT INSERT, UPDATE, DELETE ON dbo.fixed_investments TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.project_elements TO pipeline_service;
DENY DELETE ON dbo.project_elements TO pipeline_service;
GRANT INSERT, DELETE ON dbo.element_grants TO pipeline_service;
GRANT INSERT ON dbo.posted_people TO pipeline_service;
DENY UPDATE, DELETE ON dbo.posted_people TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.parcels TO pipeline_service;
DENY DELETE ON dbo.parcels TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.chains TO pipeline_service;
DENY DELETE ON dbo.chains TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.chain_nodes TO pipeline_service;
GRANT INSERT ON dbo.chain_reviews TO pipeline_service;
DENY UPDATE, DELETE ON dbo.chain_reviews TO pipeline_service;
GRANT INSERT, DELETE ON dbo.chain_projects TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.events TO pipeline_service;
DENY DELETE ON dbo.events TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.event_results TO pipeline_service;
DENY DELETE ON dbo.event_results TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.financing_needs TO pipeline_service;
DENY DELETE ON dbo.financing_needs TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.matches TO pipeline_service;
DENY DELETE ON dbo.matches TO pipeline_service;
GRANT INSERT ON dbo.match_steps TO pipeline_service;
DENY UPDATE, DELETE ON dbo.match_steps TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.office_leads TO pipeline_service;
DENY DELETE ON dbo.office_leads TO pipeline_service;
GRANT INSERT ON dbo.office_lead_steps TO pipeline_service;
DENY UPDATE, DELETE ON dbo.office_lead_steps TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.credit_agreements TO pipeline_service;
DENY DELETE ON dbo.credit_agreements TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.co_negotiators TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.report_bars TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.sessions TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.api_keys TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.api_key_secrets TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.settings TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.counters TO pipeline_service;
GRANT INSERT ON dbo.kept_figures TO pipeline_service;
DENY UPDATE, DELETE ON dbo.kept_figures TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.clock TO pipeline_service;
-- The days of stages are derived: of an import that is undone they are taken away, its timeline stays.
GRANT INSERT, UPDATE, DELETE ON dbo.stage_spans TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.claim_matches TO pipeline_service;
GRANT INSERT ON dbo.claim_returns TO pipeline_service;
DENY DELETE ON dbo.claim_returns TO pipeline_service;
GRANT UPDATE ON dbo.claim_returns (completed_at, completed_by, completed_by_name, report_before, salt, canonical, receipt_hash, previous_hash) TO pipeline_service;
DENY UPDATE ON dbo.claim_returns (claim_id, number, reason, missing, returned_at, returned_by, returned_by_name, until_at) TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.imports TO pipeline_service;
GRANT INSERT ON dbo.record_imports TO pipeline_service;
DENY DELETE ON dbo.record_imports TO pipeline_service;
GRANT UPDATE ON dbo.record_imports (undone_at, undone_by, undone_by_name, undo_reason) TO pipeline_service;
DENY UPDATE ON dbo.record_imports (seq, id, kind, file_name, jurisdiction_id, created_by, created_by_name, created_at, rows_accepted, rows_unchanged, rows_rejected, rows_doubtful, columns_read, rows_taken) TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.import_rows TO pipeline_service;
GRANT INSERT ON dbo.import_decisions TO pipeline_service;
GRANT INSERT, UPDATE ON dbo.notice_settings TO pipeline_service;
GRANT INSERT ON dbo.investors TO pipeline_service;
GRANT INSERT ON dbo.investor_index TO pipeline_service;
GRANT INSERT ON dbo.investor_spellings TO pipeline_service;
GRANT INSERT ON dbo.distinct_projects TO pipeline_service;
GO

-- What is made anew from the facts, or loses its use.
GRANT INSERT, UPDATE, DELETE ON dbo.project_investors TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.project_leaders TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.project_matches TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.name_index TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.search_index TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.project_spellings TO pipeline_service;
GRANT INSERT, DELETE ON dbo.firm_aliases TO pipeline_service;
GRANT INSERT, DELETE ON dbo.reason_templates TO pipeline_service;
GRANT INSERT, DELETE ON dbo.firm_alias_forms TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.stage_totals TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.total_changes TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.former_owners TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.settlement_failures TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.person_marks TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.idempotency_keys TO pipeline_service;
GRANT INSERT, DELETE ON dbo.kept_reply_people TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.sign_in_failures TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.refresh_tokens TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.one_time_links TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.import_files TO pipeline_service;
GRANT INSERT, DELETE ON dbo.import_corrections TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.saved_views TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.calendars TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.calendar_entries TO pipeline_service;
GRANT UPDATE ON dbo.retention_rounds TO pipeline_service;
DENY INSERT, DELETE ON dbo.retention_rounds TO pipeline_service;
GRANT INSERT, DELETE ON dbo.notices TO pipeline_service;
GRANT INSERT, UPDATE, DELETE ON dbo.notice_recipients TO pipeline_service;
GO
