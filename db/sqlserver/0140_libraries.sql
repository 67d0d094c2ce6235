-- The libraries that a city attracts investment with (R130, R138, R140): institutions, funds, experts, intermediaries, target, technology and foreign enterprises. What they have in common are columns; what one alone knows is kept as text.
CREATE TABLE library_entries (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  library varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name nvarchar(200) NOT NULL,
  name_key nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  uscc nvarchar(30) NULL,
  uscc_key varchar(18) COLLATE Latin1_General_100_BIN2 NULL,
  keeper_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  city_visible int NOT NULL,
  chain nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  tags nvarchar(max) NOT NULL,
  note nvarchar(max) NULL,
  details nvarchar(max) NOT NULL,
  contacts nvarchar(max) NOT NULL,
  search_text nvarchar(max) NOT NULL,
  trusted_since date NOT NULL,
  verified_on date NULL,
  verified_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  verified_by_name nvarchar(100) NULL,
  retired_at datetime2(3) NULL,
  retired_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  retired_by_name nvarchar(100) NULL,
  retire_reason nvarchar(max) NULL,
  created_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  created_by_name nvarchar(100) NOT NULL,
  created_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_library_entries PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_library_entries_id ON library_entries (id);
CREATE INDEX ix_library_entries_library ON library_entries (library, seq);
CREATE INDEX ix_library_entries_keeper ON library_entries (library, keeper_id, seq);
CREATE INDEX ix_library_entries_chain ON library_entries (library, chain, seq);
CREATE INDEX ix_library_entries_name ON library_entries (library, name_key);
CREATE INDEX ix_library_entries_uscc ON library_entries (library, uscc_key);
GO

-- What an entry is found by: the pairs of letters of its name, and its tags.
CREATE TABLE library_search (
  library varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  gram nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  entry_seq bigint NOT NULL,
  CONSTRAINT pk_library_search PRIMARY KEY (library, gram, entry_seq)
);
CREATE INDEX ix_library_search_entry ON library_search (entry_seq);

CREATE TABLE library_tags (
  library varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  tag nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  entry_seq bigint NOT NULL,
  CONSTRAINT pk_library_tags PRIMARY KEY (library, tag, entry_seq)
);
CREATE INDEX ix_library_tags_entry ON library_tags (entry_seq);
GO
