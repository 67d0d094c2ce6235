-- How the credit of one project is divided by agreement of its units (异地落户, 飞地; R46): from its approval on, for its years from the start of works.
CREATE TABLE credit_agreements (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  shares nvarchar(max) NOT NULL,
  indicators nvarchar(max) NOT NULL,
  years int NOT NULL,
  file_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  proposed_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  proposed_by_name nvarchar(100) NOT NULL,
  proposed_at datetime2(3) NOT NULL,
  approved_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  approved_by_name nvarchar(100) NULL,
  approved_at datetime2(3) NULL,
  ended_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  ended_by_name nvarchar(100) NULL,
  ended_at datetime2(3) NULL,
  end_reason nvarchar(max) NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_credit_agreements PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_credit_agreements_id ON credit_agreements (id);
CREATE UNIQUE INDEX ux_credit_agreements_approved ON credit_agreements (project_id) WHERE status = 'approved';
CREATE INDEX ix_credit_agreements_project ON credit_agreements (project_id, seq);
GO
