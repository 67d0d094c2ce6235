-- How often an administrator has confirmed the clock: every process learns of it here (R24).
ALTER TABLE clock ADD COLUMN confirmations INTEGER NOT NULL DEFAULT 0;
