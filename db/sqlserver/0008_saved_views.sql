-- What somebody made of a page of lists, under a name: filters, order and columns. Shared ones are read by those who stand where the owner stands now.
CREATE TABLE saved_views (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  owner_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name nvarchar(100) NOT NULL,
  page varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  query nvarchar(2000) NOT NULL,
  columns_shown nvarchar(2000) NOT NULL,
  shared int NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_saved_views PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_saved_views_id ON saved_views (id);
CREATE INDEX ix_saved_views_owner ON saved_views (owner_id, seq);
GO
