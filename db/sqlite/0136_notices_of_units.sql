-- A key reads what its unit was told, whoever of the unit was told it.
CREATE INDEX ix_notices_audience ON notices (audience, seq);
