-- A colleague stands in for a class teacher from a day to a day; it ends by itself.
CREATE TABLE class_cover (
  association_id VARCHAR(24)  NOT NULL,
  id             BIGINT       NOT NULL,
  teacher_id     BIGINT       NOT NULL,
  deputy_id      BIGINT       NOT NULL,
  from_on        DATE         NOT NULL,
  -- the last day; moved forward when somebody comes back early
  to_on          DATE         NOT NULL,
  note           VARCHAR(300) NOT NULL,
  made_by        VARCHAR(80)  NOT NULL,
  made_at        DATETIME(3)  NOT NULL,
  PRIMARY KEY (association_id, id)
);
CREATE INDEX class_cover_teacher ON class_cover (association_id, teacher_id, to_on);
CREATE INDEX class_cover_deputy ON class_cover (association_id, deputy_id, to_on);
CREATE INDEX class_cover_days ON class_cover (association_id, from_on, to_on);

-- A member said on which day it would pay.
CREATE TABLE promise (
  association_id VARCHAR(24)   NOT NULL,
  id             BIGINT        NOT NULL,
  member_id      BIGINT        NOT NULL,
  -- the class teacher of that day
  staff_id       BIGINT,
  promised_on    DATE          NOT NULL,
  -- the day on which it said it would pay
  pay_on         DATE          NOT NULL,
  note           VARCHAR(1000) NOT NULL,
  made_by        VARCHAR(80)   NOT NULL,
  made_at        DATETIME(3)   NOT NULL,
  -- open, kept, broken, replaced
  state          VARCHAR(12)   NOT NULL,
  settled_on     DATE,
  PRIMARY KEY (association_id, id)
);
CREATE INDEX promise_member ON promise (association_id, member_id, state);
CREATE INDEX promise_due ON promise (association_id, state, pay_on);
