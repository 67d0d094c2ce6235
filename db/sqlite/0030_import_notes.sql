-- What was left out of a file, and what is odd about it as a whole.
ALTER TABLE imports ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';
