-- Score models (R111): drafted by one person, published by another, then fixed. A year may have several; the last published one is in force.
CREATE TABLE score_models (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  year int NOT NULL,
  number bigint NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  body nvarchar(max) NOT NULL,
  drafted_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  drafted_by_name nvarchar(100) NOT NULL,
  drafted_at datetime2(3) NOT NULL,
  published_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  published_by_name nvarchar(100) NULL,
  published_at datetime2(3) NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_score_models PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_score_models_id ON score_models (id);
CREATE UNIQUE INDEX ux_score_models_number ON score_models (year, number);
GO

-- Marks that persons give (R111), in millionths. Rows are only ever added, the last version stands.
CREATE TABLE score_marks (
  seq bigint IDENTITY(1,1) NOT NULL,
  model_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  unit_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  item_id varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  version bigint NOT NULL,
  mark bigint NULL,
  reason nvarchar(500) NOT NULL,
  given_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  given_by_name nvarchar(100) NOT NULL,
  given_at datetime2(3) NOT NULL,
  CONSTRAINT pk_score_marks PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_score_marks_version ON score_marks (model_id, unit_id, item_id, version);
GO

-- Rehearsals: the model as it was then, and the year on whose facts it is tried. What comes out is never kept.
CREATE TABLE score_rehearsals (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  model_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  model_version bigint NOT NULL,
  body nvarchar(max) NOT NULL,
  year int NOT NULL,
  asked_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  asked_by_name nvarchar(100) NOT NULL,
  asked_at datetime2(3) NOT NULL,
  CONSTRAINT pk_score_rehearsals PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_score_rehearsals_id ON score_rehearsals (id);
GO
