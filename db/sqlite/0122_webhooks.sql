-- Webhooks: where changes are sent to, by whose key, and how far each has read the feed; what is to be sent, and every try.
CREATE TABLE webhooks (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  url TEXT NOT NULL,
  types TEXT NOT NULL,
  description TEXT NULL,
  ordering TEXT NOT NULL,
  secret TEXT NOT NULL,
  previous_secret TEXT NULL,
  previous_until TEXT NULL,
  status TEXT NOT NULL,
  disabled_reason TEXT NULL,
  failing_since TEXT NULL,
  position INTEGER NOT NULL,
  numbered INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  version INTEGER NOT NULL
);
CREATE UNIQUE INDEX ux_webhooks_id ON webhooks (id);
CREATE INDEX ix_webhooks_key ON webhooks (key_id, seq);

CREATE TABLE webhook_deliveries (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  change_seq INTEGER NOT NULL,
  round INTEGER NOT NULL,
  number INTEGER NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  status TEXT NOT NULL,
  tries INTEGER NOT NULL,
  tries_before INTEGER NOT NULL,
  due_at TEXT NOT NULL,
  lease INTEGER NOT NULL,
  leased_until TEXT NULL,
  created_at TEXT NOT NULL,
  ended_at TEXT NULL
);
CREATE UNIQUE INDEX ux_webhook_deliveries_once ON webhook_deliveries (webhook_id, change_seq, round);
CREATE UNIQUE INDEX ux_webhook_deliveries_id ON webhook_deliveries (id);
CREATE INDEX ix_webhook_deliveries_due ON webhook_deliveries (due_at, seq) WHERE status = 'waiting';
CREATE INDEX ix_webhook_deliveries_subject ON webhook_deliveries (webhook_id, subject, seq) WHERE status = 'waiting';
CREATE INDEX ix_webhook_deliveries_list ON webhook_deliveries (webhook_id, seq);
CREATE INDEX ix_webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX ix_webhook_deliveries_status ON webhook_deliveries (webhook_id, status, seq);

CREATE TABLE webhook_tries (
  delivery_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  status INTEGER NULL,
  milliseconds INTEGER NOT NULL,
  error TEXT NULL,
  answer TEXT NULL,
  request TEXT NOT NULL,
  CONSTRAINT pk_webhook_tries PRIMARY KEY (delivery_id, number)
);

-- From which change on a replay begins.
CREATE INDEX ix_changes_recorded ON changes (recorded_at, seq);
