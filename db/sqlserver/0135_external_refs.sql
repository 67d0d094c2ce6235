-- The references under which a caller knows records of this library: unique to the caller, and for good. What was pushed last is kept as a hash, so that pushing it again changes nothing.
CREATE TABLE external_refs (
  caller_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  system nvarchar(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ref nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  content_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  pushed_at datetime2(3) NOT NULL,
  CONSTRAINT pk_external_refs PRIMARY KEY (caller_id, kind, system, ref)
);
CREATE INDEX ix_external_refs_subject ON external_refs (caller_id, kind, subject_id);
GO
