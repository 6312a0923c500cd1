-- Members whose nightly review failed: set aside, so that the others' days go on, and made up for from that day on.
CREATE TABLE review_aside (
  association_id VARCHAR(24)  NOT NULL,
  member_id      BIGINT       NOT NULL,
  since_day      DATE         NOT NULL,
  PRIMARY KEY (association_id, member_id)
);
