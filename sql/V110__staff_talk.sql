-- The question that a command has open with a colleague in the WeCom app; one for each person, and it expires.
CREATE TABLE staff_talk (
  association_id VARCHAR(24) NOT NULL,
  staff_id       BIGINT      NOT NULL,
  command        VARCHAR(24) NOT NULL,
  -- what the answer will need
  facts          TEXT        NOT NULL,
  expires_at     DATETIME(3) NOT NULL,
  PRIMARY KEY (association_id, staff_id)
);
