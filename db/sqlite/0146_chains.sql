-- Industry chains (R133): their nodes, reviews each quarter, and the projects that a person has put on a node.
CREATE TABLE chains (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  leader_id TEXT NULL,
  department_id TEXT NULL,
  masters TEXT NULL,
  note TEXT NULL,
  active INTEGER NOT NULL,
  drawn_up_on TEXT NOT NULL,
  reviewed_on TEXT NULL,
  added_by TEXT NOT NULL,
  added_by_name TEXT NOT NULL,
  added_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_chains_id ON chains (id);
CREATE UNIQUE INDEX ux_chains_name ON chains (name);

CREATE TABLE chain_nodes (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  chain_id TEXT NOT NULL,
  position TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  classes TEXT NULL,
  note TEXT NULL
);
CREATE UNIQUE INDEX ux_chain_nodes_id ON chain_nodes (id);
CREATE INDEX ix_chain_nodes_chain ON chain_nodes (chain_id, place);

CREATE TABLE chain_reviews (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  chain_id TEXT NOT NULL,
  held_on TEXT NOT NULL,
  note TEXT NOT NULL,
  reviewed_by TEXT NOT NULL,
  reviewed_by_name TEXT NOT NULL,
  reviewed_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_chain_reviews_id ON chain_reviews (id);
CREATE INDEX ix_chain_reviews_chain ON chain_reviews (chain_id, held_on);

CREATE TABLE chain_projects (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  node_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  confirmed_by TEXT NOT NULL,
  confirmed_by_name TEXT NOT NULL,
  confirmed_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_chain_projects ON chain_projects (node_id, project_id);
CREATE INDEX ix_chain_projects_project ON chain_projects (project_id);
