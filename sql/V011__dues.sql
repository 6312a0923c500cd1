-- Bills and what was paid on them.

-- One row for each member with dues; whoever books for a member locks it first.
CREATE TABLE dues_account (
  association_id VARCHAR(24) NOT NULL,
  member_id      BIGINT      NOT NULL,
  -- up to when dues were paid before this book began
  paid_through   DATE,
  PRIMARY KEY (association_id, member_id)
);

CREATE TABLE bill (
  association_id VARCHAR(24)  NOT NULL,
  id             BIGINT       NOT NULL,
  member_id      BIGINT       NOT NULL,
  fee_year       INT          NOT NULL,
  through_year   INT          NOT NULL,
  kind           VARCHAR(8)   NOT NULL,
  amount_fen     BIGINT       NOT NULL,
  paid_fen       BIGINT       NOT NULL,
  due_on         DATE,
  state          VARCHAR(12)  NOT NULL,
  paid_on        DATE,
  why            VARCHAR(500) NOT NULL,
  clauses        VARCHAR(200) NOT NULL,
  raised_on      DATE         NOT NULL,
  case_id        BIGINT,
  -- for a top-up: the grades between which it leads
  from_grade     VARCHAR(40),
  to_grade       VARCHAR(40),
  -- 0, for a top-up the case that asked for it; null once cancelled, which leaves its place to another
  part           BIGINT,
  PRIMARY KEY (association_id, id)
);
CREATE UNIQUE INDEX bill_once ON bill (association_id, member_id, fee_year, kind, part);
CREATE INDEX bill_kind ON bill (association_id, kind, state, id);
CREATE INDEX bill_due ON bill (association_id, state, due_on);

-- A payment as booked: what of it is not yet on a bill is credit.
CREATE TABLE booking (
  association_id VARCHAR(24) NOT NULL,
  payment_id     BIGINT      NOT NULL,
  member_id      BIGINT      NOT NULL,
  amount_fen     BIGINT      NOT NULL,
  rest_fen       BIGINT      NOT NULL,
  received_on    DATE        NOT NULL,
  PRIMARY KEY (association_id, payment_id)
);
CREATE INDEX booking_member ON booking (association_id, member_id, payment_id);

CREATE TABLE payment_allocation (
  association_id VARCHAR(24) NOT NULL,
  id             BIGINT      NOT NULL,
  payment_id     BIGINT      NOT NULL,
  bill_id        BIGINT      NOT NULL,
  member_id      BIGINT      NOT NULL,
  amount_fen     BIGINT      NOT NULL,
  on_day         DATE        NOT NULL,
  PRIMARY KEY (association_id, id)
);
CREATE INDEX payment_allocation_bill ON payment_allocation (association_id, bill_id);
CREATE INDEX payment_allocation_payment ON payment_allocation (association_id, payment_id);
CREATE INDEX payment_allocation_member ON payment_allocation (association_id, member_id, id);
