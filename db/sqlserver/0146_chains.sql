-- Industry chains (R133): their nodes, reviews each quarter, and the projects that a person has put on a node.
CREATE TABLE chains (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  leader_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  department_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  masters nvarchar(max) NULL,
  note nvarchar(max) NULL,
  active int NOT NULL,
  drawn_up_on date NOT NULL,
  reviewed_on date NULL,
  added_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  added_by_name nvarchar(100) NOT NULL,
  added_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_chains PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_chains_id ON chains (id);
CREATE UNIQUE INDEX ux_chains_name ON chains (name);
GO

CREATE TABLE chain_nodes (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  chain_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  position varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  place int NOT NULL,
  name nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  state varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  classes nvarchar(max) NULL,
  note nvarchar(max) NULL,
  CONSTRAINT pk_chain_nodes PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_chain_nodes_id ON chain_nodes (id);
CREATE INDEX ix_chain_nodes_chain ON chain_nodes (chain_id, place);
GO

CREATE TABLE chain_reviews (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  chain_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  held_on date NOT NULL,
  note nvarchar(max) NOT NULL,
  reviewed_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  reviewed_by_name nvarchar(100) NOT NULL,
  reviewed_at datetime2(3) NOT NULL,
  CONSTRAINT pk_chain_reviews PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_chain_reviews_id ON chain_reviews (id);
CREATE INDEX ix_chain_reviews_chain ON chain_reviews (chain_id, held_on);
GO

CREATE TABLE chain_projects (
  seq bigint IDENTITY(1,1) NOT NULL,
  node_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  confirmed_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  confirmed_by_name nvarchar(100) NOT NULL,
  confirmed_at datetime2(3) NOT NULL,
  CONSTRAINT pk_chain_projects PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_chain_projects ON chain_projects (node_id, project_id);
CREATE INDEX ix_chain_projects_project ON chain_projects (project_id);
GO
