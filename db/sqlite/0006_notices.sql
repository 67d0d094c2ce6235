-- Notices: what the rules, the clock and others' decisions mean for one person. The unique key says that a thing is told once, whoever settles or reminds.
-- `audience` is the unit whose officers were told, `coordinators`, or null where it concerns one person: who has left it no longer reads what was told to it.
CREATE TABLE notices (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  notice_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  audience TEXT NULL,
  claim_id TEXT NULL,
  project_id TEXT NULL,
  dispute_id TEXT NULL,
  facts TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_notices_id ON notices (id);
CREATE UNIQUE INDEX ux_notices_key ON notices (notice_key);
CREATE INDEX ix_notices_claim ON notices (claim_id, kind);
CREATE INDEX ix_notices_at ON notices (at);

-- To whom each was told; `mail` is `waiting`, `sent`, `failed` or `none`. Whoever sends takes a lease first, so that no other process sends the same.
CREATE TABLE notice_recipients (
  user_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  notice_id TEXT NOT NULL,
  read_at TEXT NULL,
  mail TEXT NOT NULL,
  mail_due TEXT NOT NULL,
  mail_attempts INTEGER NOT NULL,
  mail_lease TEXT NULL,
  leased_until TEXT NULL,
  CONSTRAINT pk_notice_recipients PRIMARY KEY (user_id, seq)
);
CREATE INDEX ix_notice_recipients_unread ON notice_recipients (user_id, read_at, seq);
CREATE INDEX ix_notice_recipients_notice ON notice_recipients (notice_id);
CREATE INDEX ix_notice_recipients_mail ON notice_recipients (mail_due, user_id) WHERE mail = 'waiting';

-- How a person wants to be told by e-mail. The address is sealed. No digest hour: each notice is a mail of its own. Quiet hours are the city's.
CREATE TABLE notice_settings (
  user_id TEXT NOT NULL,
  address TEXT NULL,
  language TEXT NOT NULL,
  muted TEXT NOT NULL,
  digest_hour INTEGER NULL,
  quiet_from TEXT NULL,
  quiet_to TEXT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT pk_notice_settings PRIMARY KEY (user_id)
);
