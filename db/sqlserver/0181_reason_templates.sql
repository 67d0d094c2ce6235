-- Texts that the centre keeps for the reasons of its decisions.
CREATE TABLE reason_templates (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind varchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  text nvarchar(500) NOT NULL,
  created_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  created_by_name nvarchar(100) NOT NULL,
  created_at datetime2(3) NOT NULL,
  version bigint NOT NULL,
  CONSTRAINT pk_reason_templates PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_reason_templates_id ON reason_templates (id);
CREATE INDEX ix_reason_templates_kind ON reason_templates (kind, seq);
GO
