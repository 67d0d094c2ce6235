-- Notices: what the rules, the clock and others' decisions mean for one person. The unique key says that a thing is told once, whoever settles or reminds.
-- `audience` is the unit whose officers were told, `coordinators`, or null where it concerns one person: who has left it no longer reads what was told to it.
CREATE TABLE notices (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  notice_key varchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  audience varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  claim_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  dispute_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  facts nvarchar(max) NOT NULL,
  at datetime2(3) NOT NULL,
  CONSTRAINT pk_notices PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_notices_id ON notices (id);
CREATE UNIQUE INDEX ux_notices_key ON notices (notice_key);
CREATE INDEX ix_notices_claim ON notices (claim_id, kind);
CREATE INDEX ix_notices_at ON notices (at);
GO

-- To whom each was told; `mail` is `waiting`, `sent`, `failed` or `none`. Whoever sends takes a lease first, so that no other process sends the same.
CREATE TABLE notice_recipients (
  user_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  seq bigint NOT NULL,
  notice_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  read_at datetime2(3) NULL,
  mail varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  mail_due datetime2(3) NOT NULL,
  mail_attempts int NOT NULL,
  mail_lease varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  leased_until datetime2(3) NULL,
  CONSTRAINT pk_notice_recipients PRIMARY KEY (user_id, seq)
);
CREATE INDEX ix_notice_recipients_unread ON notice_recipients (user_id, read_at, seq);
CREATE INDEX ix_notice_recipients_notice ON notice_recipients (notice_id);
CREATE INDEX ix_notice_recipients_mail ON notice_recipients (mail_due, user_id) WHERE mail = 'waiting';
GO

-- How a person wants to be told by e-mail. The address is sealed. No digest hour: each notice is a mail of its own. Quiet hours are the city's.
CREATE TABLE notice_settings (
  user_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  address nvarchar(1200) NULL,
  language varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  muted varchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  digest_hour int NULL,
  quiet_from varchar(5) COLLATE Latin1_General_100_BIN2 NULL,
  quiet_to varchar(5) COLLATE Latin1_General_100_BIN2 NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_notice_settings PRIMARY KEY (user_id)
);
GO
