-- The processes that serve this database, and until when each was last seen: limits are shared among them, and nothing that an older one cannot bear is done beside it.
CREATE TABLE instances (
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  host nvarchar(200) NOT NULL,
  program nvarchar(100) NOT NULL,
  knows varchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  started_at datetime2(3) NOT NULL,
  seen_at datetime2(3) NOT NULL,
  CONSTRAINT pk_instances PRIMARY KEY (id)
);
GO

-- How far a library has been copied into this database (move-to), by table; empty once it is whole. The row without a name says from what.
CREATE TABLE relocation (
  table_name varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  position nvarchar(max) NULL,
  copied bigint NOT NULL,
  ended int NOT NULL,
  CONSTRAINT pk_relocation PRIMARY KEY (table_name)
);
GO
