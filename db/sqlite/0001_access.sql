-- Who uses the system: jurisdictions, people, their sessions; what the service itself remembers.
CREATE TABLE jurisdictions (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NULL,
  kind TEXT NOT NULL,
  parent_id TEXT NULL,
  reports INTEGER NOT NULL,
  provincial_zone INTEGER NULL,
  active INTEGER NOT NULL,
  aliases TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_jurisdictions_id ON jurisdictions (id);
CREATE UNIQUE INDEX ux_jurisdictions_code ON jurisdictions (code);

CREATE TABLE users (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  username TEXT NOT NULL,
  display_name TEXT NOT NULL,
  role TEXT NOT NULL,
  jurisdiction_id TEXT NULL,
  password_hash TEXT NOT NULL,
  active INTEGER NOT NULL,
  demo INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_users_id ON users (id);
CREATE UNIQUE INDEX ux_users_username ON users (username);

CREATE TABLE sign_in_failures (
  name_hash TEXT NOT NULL,
  failures INTEGER NOT NULL,
  locked_until TEXT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT pk_sign_in_failures PRIMARY KEY (name_hash)
);

CREATE TABLE refresh_tokens (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  token_hash TEXT NOT NULL,
  family TEXT NOT NULL,
  user_id TEXT NOT NULL,
  stamp TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT NULL,
  revoked_at TEXT NULL
);
CREATE UNIQUE INDEX ux_refresh_tokens_hash ON refresh_tokens (token_hash);
CREATE INDEX ix_refresh_tokens_family ON refresh_tokens (family);

CREATE TABLE settings (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT pk_settings PRIMARY KEY (name)
);

CREATE TABLE counters (
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  CONSTRAINT pk_counters PRIMARY KEY (name)
);

CREATE TABLE clock (
  id INTEGER NOT NULL,
  last_instant TEXT NOT NULL,
  CONSTRAINT pk_clock PRIMARY KEY (id)
);

CREATE TABLE idempotency_keys (
  key_hash TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NULL,
  etag TEXT NULL,
  location TEXT NULL,
  project_id TEXT NULL,
  created_at TEXT NOT NULL,
  CONSTRAINT pk_idempotency_keys PRIMARY KEY (key_hash)
);
CREATE INDEX ix_idempotency_keys_created ON idempotency_keys (created_at);

CREATE TABLE rule_sets (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT NULL,
  effective_from TEXT NOT NULL,
  body TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_rule_sets_id ON rule_sets (id);
CREATE UNIQUE INDEX ux_rule_sets_starts ON rule_sets (starts_at);
