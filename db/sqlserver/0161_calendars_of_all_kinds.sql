-- Calendars that told of everything there was go on telling of everything.
UPDATE calendars SET kinds = CONCAT(kinds, ' events resources') WHERE kinds = 'claims signings problems meetings turns';
