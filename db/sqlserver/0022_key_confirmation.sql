-- A secret of a key that acts for a unit works once a second person, of that unit or of the centre, has confirmed it. Those in use were given out before this rule, and stay.
ALTER TABLE api_key_secrets ADD issued_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE api_key_secrets ADD confirmed_at datetime2(3) NULL;
ALTER TABLE api_key_secrets ADD confirmed_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE api_key_secrets ADD confirmed_by_name nvarchar(100) NULL;
GO
UPDATE api_key_secrets SET confirmed_at = issued_at;
GO
