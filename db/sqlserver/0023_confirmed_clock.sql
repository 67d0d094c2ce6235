-- How often an administrator has confirmed the clock: every process learns of it here (R24).
ALTER TABLE clock ADD confirmations bigint NOT NULL CONSTRAINT df_clock_confirmations DEFAULT 0;
GO
