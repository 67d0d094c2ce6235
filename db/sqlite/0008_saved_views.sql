-- What somebody made of a page of lists, under a name: filters, order and columns. Shared ones are read by those who stand where the owner stands now.
CREATE TABLE saved_views (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  name TEXT NOT NULL,
  page TEXT NOT NULL,
  query TEXT NOT NULL,
  columns_shown TEXT NOT NULL,
  shared INTEGER NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_saved_views_id ON saved_views (id);
CREATE INDEX ix_saved_views_owner ON saved_views (owner_id, seq);
