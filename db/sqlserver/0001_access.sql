-- Who uses the system: jurisdictions, people, their sessions; what the service itself remembers.
CREATE TABLE jurisdictions (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  code varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name nvarchar(100) NOT NULL,
  name_en nvarchar(200) NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  parent_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  reports int NOT NULL,
  provincial_zone int NULL,
  active int NOT NULL,
  aliases nvarchar(2000) NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_jurisdictions PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_jurisdictions_id ON jurisdictions (id);
CREATE UNIQUE INDEX ux_jurisdictions_code ON jurisdictions (code);
GO

CREATE TABLE users (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  username nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  display_name nvarchar(100) NOT NULL,
  role varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  password_hash varchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  active int NOT NULL,
  demo int NOT NULL,
  stamp varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  created_at datetime2(3) NOT NULL,
  CONSTRAINT pk_users PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_users_id ON users (id);
CREATE UNIQUE INDEX ux_users_username ON users (username);
GO

CREATE TABLE sign_in_failures (
  name_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  failures int NOT NULL,
  locked_until datetime2(3) NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_sign_in_failures PRIMARY KEY (name_hash)
);
GO

CREATE TABLE refresh_tokens (
  seq bigint IDENTITY(1,1) NOT NULL,
  token_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  family varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  user_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stamp varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  issued_at datetime2(3) NOT NULL,
  expires_at datetime2(3) NOT NULL,
  used_at datetime2(3) NULL,
  revoked_at datetime2(3) NULL,
  CONSTRAINT pk_refresh_tokens PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_refresh_tokens_hash ON refresh_tokens (token_hash);
CREATE INDEX ix_refresh_tokens_family ON refresh_tokens (family);
GO

CREATE TABLE settings (
  name varchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
  value nvarchar(400) NOT NULL,
  CONSTRAINT pk_settings PRIMARY KEY (name)
);
GO

CREATE TABLE counters (
  name varchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
  value bigint NOT NULL,
  CONSTRAINT pk_counters PRIMARY KEY (name)
);
GO

CREATE TABLE clock (
  id int NOT NULL,
  last_instant datetime2(3) NOT NULL,
  CONSTRAINT pk_clock PRIMARY KEY (id)
);
GO

CREATE TABLE idempotency_keys (
  key_hash varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  fingerprint varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status int NOT NULL,
  body nvarchar(max) NULL,
  etag varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  location nvarchar(400) NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  created_at datetime2(3) NOT NULL,
  CONSTRAINT pk_idempotency_keys PRIMARY KEY (key_hash)
);
CREATE INDEX ix_idempotency_keys_created ON idempotency_keys (created_at);
GO

CREATE TABLE rule_sets (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name nvarchar(100) NOT NULL,
  starts_at datetime2(3) NOT NULL,
  ends_at datetime2(3) NULL,
  effective_from date NOT NULL,
  body nvarchar(max) NOT NULL,
  version bigint NOT NULL,
  created_at datetime2(3) NOT NULL,
  CONSTRAINT pk_rule_sets PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_rule_sets_id ON rule_sets (id);
CREATE UNIQUE INDEX ux_rule_sets_starts ON rule_sets (starts_at);
GO
