-- A reminder that was not sent to the member, because its class teacher has the debt in hand.
CREATE TABLE held_reminder (
  association_id VARCHAR(24) NOT NULL,
  bill_id        BIGINT      NOT NULL,
  -- which reminder of the ladder, in days after the last day of payment
  days           INT         NOT NULL,
  member_id      BIGINT      NOT NULL,
  held_on        DATE        NOT NULL,
  PRIMARY KEY (association_id, bill_id, days)
);
