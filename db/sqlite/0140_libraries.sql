-- The libraries that a city attracts investment with (R130, R138, R140): institutions, funds, experts, intermediaries, target, technology and foreign enterprises. What they have in common are columns; what one alone knows is kept as text.
CREATE TABLE library_entries (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  library TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  uscc TEXT NULL,
  uscc_key TEXT NULL,
  keeper_id TEXT NULL,
  city_visible INTEGER NOT NULL,
  chain TEXT NULL,
  tags TEXT NOT NULL,
  note TEXT NULL,
  details TEXT NOT NULL,
  contacts TEXT NOT NULL,
  search_text TEXT NOT NULL,
  trusted_since TEXT NOT NULL,
  verified_on TEXT NULL,
  verified_by TEXT NULL,
  verified_by_name TEXT NULL,
  retired_at TEXT NULL,
  retired_by TEXT NULL,
  retired_by_name TEXT NULL,
  retire_reason TEXT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_library_entries_id ON library_entries (id);
CREATE INDEX ix_library_entries_library ON library_entries (library, seq);
CREATE INDEX ix_library_entries_keeper ON library_entries (library, keeper_id, seq);
CREATE INDEX ix_library_entries_chain ON library_entries (library, chain, seq);
CREATE INDEX ix_library_entries_name ON library_entries (library, name_key);
CREATE INDEX ix_library_entries_uscc ON library_entries (library, uscc_key);

-- What an entry is found by: the pairs of letters of its name, and its tags.
CREATE TABLE library_search (
  library TEXT NOT NULL,
  gram TEXT NOT NULL,
  entry_seq INTEGER NOT NULL,
  CONSTRAINT pk_library_search PRIMARY KEY (library, gram, entry_seq)
) WITHOUT ROWID;
CREATE INDEX ix_library_search_entry ON library_search (entry_seq);

CREATE TABLE library_tags (
  library TEXT NOT NULL,
  tag TEXT NOT NULL,
  entry_seq INTEGER NOT NULL,
  CONSTRAINT pk_library_tags PRIMARY KEY (library, tag, entry_seq)
) WITHOUT ROWID;
CREATE INDEX ix_library_tags_entry ON library_tags (entry_seq);
