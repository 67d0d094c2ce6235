-- A secret of a key that acts for a unit works once a second person, of that unit or of the centre, has confirmed it. Those in use were given out before this rule, and stay.
ALTER TABLE api_key_secrets ADD COLUMN issued_by TEXT NULL;
ALTER TABLE api_key_secrets ADD COLUMN confirmed_at TEXT NULL;
ALTER TABLE api_key_secrets ADD COLUMN confirmed_by TEXT NULL;
ALTER TABLE api_key_secrets ADD COLUMN confirmed_by_name TEXT NULL;
UPDATE api_key_secrets SET confirmed_at = issued_at;
