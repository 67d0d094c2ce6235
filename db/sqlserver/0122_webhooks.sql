-- Webhooks: where changes are sent to, by whose key, and how far each has read the feed; what is to be sent, and every try.
CREATE TABLE webhooks (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  key_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  url nvarchar(2000) NOT NULL,
  types nvarchar(max) NOT NULL,
  description nvarchar(200) NULL,
  ordering varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  secret nvarchar(max) NOT NULL,
  previous_secret nvarchar(max) NULL,
  previous_until datetime2(3) NULL,
  status varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  disabled_reason varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  failing_since datetime2(3) NULL,
  position bigint NOT NULL,
  numbered bigint NOT NULL,
  created_at datetime2(3) NOT NULL,
  updated_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  CONSTRAINT pk_webhooks PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_webhooks_id ON webhooks (id);
CREATE INDEX ix_webhooks_key ON webhooks (key_id, seq);

CREATE TABLE webhook_deliveries (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  webhook_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  change_seq bigint NOT NULL,
  round int NOT NULL,
  number bigint NOT NULL,
  type varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject varchar(80) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  tries int NOT NULL,
  tries_before int NOT NULL,
  due_at datetime2(3) NOT NULL,
  lease bigint NOT NULL,
  leased_until datetime2(3) NULL,
  created_at datetime2(3) NOT NULL,
  ended_at datetime2(3) NULL,
  CONSTRAINT pk_webhook_deliveries PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_webhook_deliveries_once ON webhook_deliveries (webhook_id, change_seq, round);
CREATE UNIQUE INDEX ux_webhook_deliveries_id ON webhook_deliveries (id);
CREATE INDEX ix_webhook_deliveries_due ON webhook_deliveries (due_at, seq) WHERE status = 'waiting';
CREATE INDEX ix_webhook_deliveries_subject ON webhook_deliveries (webhook_id, subject, seq) WHERE status = 'waiting';
CREATE INDEX ix_webhook_deliveries_list ON webhook_deliveries (webhook_id, seq);
CREATE INDEX ix_webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX ix_webhook_deliveries_status ON webhook_deliveries (webhook_id, status, seq);

CREATE TABLE webhook_tries (
  delivery_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  number int NOT NULL,
  at datetime2(3) NOT NULL,
  status int NULL,
  milliseconds int NOT NULL,
  error nvarchar(500) NULL,
  answer nvarchar(max) NULL,
  request nvarchar(max) NOT NULL,
  CONSTRAINT pk_webhook_tries PRIMARY KEY (delivery_id, number)
);
GO

-- From which change on a replay begins.
CREATE INDEX ix_changes_recorded ON changes (recorded_at, seq);
GO
