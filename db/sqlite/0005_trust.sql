-- Trust: second factors, sessions that can be ended, one-time links, keys of machines, the chained audit trail, what personal data is found by.
ALTER TABLE users ADD COLUMN email TEXT NULL;
ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN updated_at TEXT NULL;
ALTER TABLE users ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN totp_secret TEXT NULL;
ALTER TABLE users ADD COLUMN totp_confirmed_at TEXT NULL;
ALTER TABLE users ADD COLUMN totp_last_step INTEGER NULL;
ALTER TABLE users ADD COLUMN recovery_codes TEXT NULL;
ALTER TABLE users ADD COLUMN oidc_issuer TEXT NULL;
ALTER TABLE users ADD COLUMN oidc_subject TEXT NULL;
ALTER TABLE users ADD COLUMN last_sign_in_at TEXT NULL;
CREATE UNIQUE INDEX ux_users_oidc ON users (oidc_subject, oidc_issuer) WHERE oidc_subject IS NOT NULL;

CREATE TABLE sessions (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  method TEXT NOT NULL,
  address TEXT NOT NULL,
  client TEXT NULL,
  started_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT NULL
);
CREATE UNIQUE INDEX ux_sessions_id ON sessions (id);
CREATE INDEX ix_sessions_user ON sessions (user_id, seq);

CREATE TABLE one_time_links (
  token_hash TEXT NOT NULL,
  user_id TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT NULL,
  CONSTRAINT pk_one_time_links PRIMARY KEY (token_hash)
);
CREATE INDEX ix_one_time_links_user ON one_time_links (user_id);

CREATE TABLE api_keys (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  hint TEXT NOT NULL,
  scopes TEXT NOT NULL,
  jurisdiction_id TEXT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NULL,
  revoked_at TEXT NULL,
  last_used_at TEXT NULL,
  last_used_address TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_api_keys_id ON api_keys (id);

CREATE TABLE api_key_secrets (
  secret_hash TEXT NOT NULL,
  key_id TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  valid_until TEXT NULL,
  CONSTRAINT pk_api_key_secrets PRIMARY KEY (secret_hash)
);
CREATE INDEX ix_api_key_secrets_key ON api_key_secrets (key_id);

-- Append-only: each entry is sealed with the hash of the one before. The head stands apart, so that cutting the newest off is found too.
CREATE TABLE audit (
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  at TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NULL,
  actor_name TEXT NULL,
  actor_role TEXT NULL,
  on_behalf_of TEXT NULL,
  action TEXT NOT NULL,
  outcome TEXT NOT NULL,
  subject_kind TEXT NULL,
  subject_id TEXT NULL,
  project_id TEXT NULL,
  address TEXT NULL,
  client TEXT NULL,
  request TEXT NULL,
  request_id TEXT NULL,
  reason TEXT NULL,
  rule_set_id TEXT NULL,
  changes TEXT NULL,
  hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
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

CREATE TABLE audit_head (
  id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_audit_head PRIMARY KEY (id)
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Keyed hashes of the names, telephone numbers and addresses of contact persons: what one person's data is found by, though it is stored sealed.
CREATE TABLE person_marks (
  mark TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  CONSTRAINT pk_person_marks PRIMARY KEY (mark, subject_kind, subject_id)
);
CREATE INDEX ix_person_marks_subject ON person_marks (subject_id);

-- The leaders named on a project: a secret one is open to them.
CREATE TABLE project_leaders (
  project_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  CONSTRAINT pk_project_leaders PRIMARY KEY (project_id, user_id)
);
CREATE INDEX ix_project_leaders_user ON project_leaders (user_id, project_id);

-- Sessions took the place of the stamp that tokens were tied to.
ALTER TABLE users DROP COLUMN stamp;
ALTER TABLE refresh_tokens DROP COLUMN stamp;
