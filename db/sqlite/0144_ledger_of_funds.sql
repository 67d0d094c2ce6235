-- Investments of funds that were verified already: the program writes them into the ledger (R45), from the newest down.
INSERT INTO settings (name, value) SELECT 'ledger-investments-below', CAST(MAX(seq) + 1 AS TEXT) FROM fund_investments HAVING COUNT(*) > 0;
