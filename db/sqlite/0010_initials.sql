-- Search by pinyin initials: the program gives them to the projects that are there already, from the newest down.
INSERT INTO settings (name, value) SELECT 'search-initials-below', CAST(MAX(seq) + 1 AS TEXT) FROM projects HAVING COUNT(*) > 0;
