-- Parcels of land (R132). Area in hundredths of a m², what is asked or paid per mu in hundredths of a yuan. Others than the unit that keeps it see the public status and count public changes alone:
-- that a project in talks is negotiating about it is nobody else's to know.
CREATE TABLE parcels (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  jurisdiction_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  place nvarchar(200) NOT NULL,
  search nvarchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
  zone varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  zone_name nvarchar(100) NULL,
  area bigint NOT NULL,
  contiguous_group nvarchar(60) COLLATE Latin1_General_100_BIN2 NULL,
  cleared int NULL,
  land_use varchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  classes nvarchar(max) NULL,
  intensity bigint NULL,
  output bigint NULL,
  tax bigint NULL,
  available_from date NULL,
  price bigint NULL,
  note nvarchar(max) NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  public_status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  reason nvarchar(max) NULL,
  added_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  added_by_name nvarchar(100) NOT NULL,
  added_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  public_version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_parcels PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_parcels_id ON parcels (id);
CREATE INDEX ix_parcels_group ON parcels (jurisdiction_id, contiguous_group);
CREATE INDEX ix_parcels_project ON parcels (project_id);
GO
