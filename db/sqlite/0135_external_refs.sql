-- The references under which a caller knows records of this library: unique to the caller, and for good. What was pushed last is kept as a hash, so that pushing it again changes nothing.
CREATE TABLE external_refs (
  caller_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  system TEXT NOT NULL,
  ref TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  pushed_at TEXT NOT NULL,
  CONSTRAINT pk_external_refs PRIMARY KEY (caller_id, kind, system, ref)
);
CREATE INDEX ix_external_refs_subject ON external_refs (caller_id, kind, subject_id);
