-- Leads of out-posted offices (R137). Who to speak to stands sealed in contacts; due_on is the last day for what is due next.
CREATE TABLE office_leads (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  office_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  title nvarchar(200) NOT NULL,
  investor nvarchar(200) NULL,
  content nvarchar(max) NULL,
  scale nvarchar(500) NULL,
  contacts nvarchar(max) NOT NULL,
  status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  unit_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  reason nvarchar(max) NULL,
  project_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  due_on date NULL,
  submitted_on date NOT NULL,
  submitted_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  submitted_by_name nvarchar(100) NOT NULL,
  submitted_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_office_leads PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_office_leads_id ON office_leads (id);
CREATE INDEX ix_office_leads_office ON office_leads (office_id, seq);
CREATE INDEX ix_office_leads_unit ON office_leads (unit_id, seq);
CREATE INDEX ix_office_leads_due ON office_leads (due_on);
GO

CREATE TABLE office_lead_steps (
  seq bigint IDENTITY(1,1) NOT NULL,
  lead_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  step varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  to_status varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  note nvarchar(max) NULL,
  stepped_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stepped_by_name nvarchar(100) NOT NULL,
  stepped_at datetime2(3) NOT NULL,
  CONSTRAINT pk_office_lead_steps PRIMARY KEY (seq)
);
CREATE INDEX ix_office_lead_steps_lead ON office_lead_steps (lead_id, seq);
GO
