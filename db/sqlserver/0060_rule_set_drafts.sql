-- Rule sets that one person drafts and a second one publishes (C13); published, a draft is a row of rule_sets too.
CREATE TABLE rule_set_drafts (
  seq bigint IDENTITY(1,1) NOT NULL,
  id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  status varchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  body nvarchar(max) NOT NULL,
  basis_id varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  basis_version bigint NOT NULL,
  drafted_by varchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  drafted_by_name nvarchar(100) NOT NULL,
  drafted_at datetime2(3) NOT NULL,
  ended_by varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  ended_by_name nvarchar(100) NULL,
  ended_at datetime2(3) NULL,
  reason nvarchar(max) NULL,
  rule_set_id varchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  version bigint NOT NULL,
  updated_at datetime2(3) NOT NULL,
  CONSTRAINT pk_rule_set_drafts PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX ux_rule_set_drafts_id ON rule_set_drafts (id);
CREATE UNIQUE INDEX ux_rule_set_drafts_published ON rule_set_drafts (rule_set_id) WHERE rule_set_id IS NOT NULL;
GO
