-- Trust: second factors, sessions that can be ended, one-time links, keys of machines, the chained audit trail, what personal data is found by.
ALTER TABLE users ADD email nvarchar(200) NULL;
ALTER TABLE users ADD version bigint NOT NULL CONSTRAINT df_users_version DEFAULT 1;
ALTER TABLE users ADD updated_at datetime2(3) NULL;
ALTER TABLE users ADD must_change_password int NOT NULL CONSTRAINT df_users_must_change DEFAULT 0;
ALTER TABLE users ADD totp_secret nvarchar(400) NULL;
ALTER TABLE users ADD totp_confirmed_at datetime2(3) NULL;
ALTER TABLE users ADD totp_last_step bigint NULL;
ALTER TABLE users ADD recovery_codes nvarchar(2000) NULL;
ALTER TABLE users ADD oidc_issuer nvarchar(300) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE users ADD oidc_subject nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE users ADD last_sign_in_at datetime2(3) NULL;
GO
CREATE UNIQUE INDEX ux_users_oidc ON users (oidc_subject, oidc_issuer) WHERE oidc_subject IS NOT NULL;
GO

CREATE TABLE sessions (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  user_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  method varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  address varchar(45) COLLATE Latin1_General_100_BIN2 NOT NULL,
  client nvarchar(300) NULL,
  started_at datetime2(3) NOT NULL,
  seen_at datetime2(3) NOT NULL,
  expires_at datetime2(3) NOT NULL,
  revoked_at datetime2(3) NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_sessions_id ON sessions (id);
CREATE INDEX ix_sessions_user ON sessions (user_id, seq);
GO

CREATE TABLE one_time_links (
  token_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  user_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  issued_at datetime2(3) NOT NULL,
  expires_at datetime2(3) NOT NULL,
  used_at datetime2(3) NULL,
  CONSTRAINT pk_one_time_links PRIMARY KEY (token_hash)
);
CREATE INDEX ix_one_time_links_user ON one_time_links (user_id);
GO

CREATE TABLE api_keys (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name nvarchar(100) NOT NULL,
  hint varchar(12) COLLATE Latin1_General_100_BIN2 NOT NULL,
  scopes varchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  created_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  created_by_name nvarchar(100) NOT NULL,
  created_at datetime2(3) NOT NULL,
  expires_at datetime2(3) NULL,
  revoked_at datetime2(3) NULL,
  last_used_at datetime2(3) NULL,
  last_used_address varchar(45) COLLATE Latin1_General_100_BIN2 NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_api_keys PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_api_keys_id ON api_keys (id);
GO

CREATE TABLE api_key_secrets (
  secret_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  key_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  issued_at datetime2(3) NOT NULL,
  valid_until datetime2(3) NULL,
  CONSTRAINT pk_api_key_secrets PRIMARY KEY (secret_hash)
);
CREATE INDEX ix_api_key_secrets_key ON api_key_secrets (key_id);
GO

-- Append-only: each entry is sealed with the hash of the one before. The head stands apart, so that cutting the newest off is found too.
CREATE TABLE audit (
  seq bigint NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  at datetime2(3) NOT NULL,
  actor_kind varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  actor_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  actor_name nvarchar(100) NULL,
  actor_role varchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  on_behalf_of nvarchar(100) NULL,
  action varchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
  outcome varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_kind varchar(30) COLLATE Latin1_General_100_BIN2 NULL,
  subject_id nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  address varchar(45) COLLATE Latin1_General_100_BIN2 NULL,
  client nvarchar(300) NULL,
  request nvarchar(300) NULL,
  request_id varchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  reason nvarchar(2000) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  changes nvarchar(max) NULL,
  hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  previous_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_audit PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_audit_id ON audit (id);
CREATE UNIQUE INDEX ux_audit_previous ON audit (previous_hash);
CREATE INDEX ix_audit_actor ON audit (actor_id, seq);
CREATE INDEX ix_audit_action ON audit (action, seq);
CREATE INDEX ix_audit_project ON audit (project_id, seq);
CREATE INDEX ix_audit_subject ON audit (subject_id, seq);
CREATE INDEX ix_audit_request ON audit (request_id);
CREATE INDEX ix_audit_at ON audit (at, seq);
GO

CREATE TABLE audit_head (
  id int NOT NULL,
  seq bigint NOT NULL,
  hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_audit_head PRIMARY KEY (id)
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
GO

-- Keyed hashes of the names, telephone numbers and addresses of contact persons: what one person's data is found by, though it is stored sealed.
CREATE TABLE person_marks (
  mark varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_kind varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_person_marks PRIMARY KEY (mark, subject_kind, subject_id)
);
CREATE INDEX ix_person_marks_subject ON person_marks (subject_id);
GO

-- The leaders named on a project: a secret one is open to them.
CREATE TABLE project_leaders (
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  user_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_project_leaders PRIMARY KEY (project_id, user_id)
);
CREATE INDEX ix_project_leaders_user ON project_leaders (user_id, project_id);
GO

-- Sessions took the place of the stamp that tokens were tied to.
ALTER TABLE users DROP COLUMN stamp;
ALTER TABLE refresh_tokens DROP COLUMN stamp;
GO
