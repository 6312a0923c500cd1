-- An important notice to members, which asks them to say that they have read it.
CREATE TABLE circular (
  association_id VARCHAR(24)  NOT NULL,
  id             BIGINT       NOT NULL,
  title          VARCHAR(80)  NOT NULL,
  body           TEXT         NOT NULL,
  file_id        BIGINT,
  audience       VARCHAR(200) NOT NULL,
  made_by        VARCHAR(80)  NOT NULL,
  made_on        DATE         NOT NULL,
  -- the day on which those who have not read it are told again
  again_on       DATE         NOT NULL,
  PRIMARY KEY (association_id, id)
);
CREATE INDEX circular_again ON circular (association_id, again_on);

CREATE TABLE circular_reader (
  association_id VARCHAR(24)  NOT NULL,
  circular_id    BIGINT       NOT NULL,
  member_id      BIGINT       NOT NULL,
  -- the class teacher of that day
  teacher_id     BIGINT,
  opened_at      DATETIME(3),
  read_at        DATETIME(3),
  -- chat, page, or the colleague who heard it said
  read_by        VARCHAR(80),
  reminded_on    DATE,
  PRIMARY KEY (association_id, circular_id, member_id)
);
CREATE INDEX circular_reader_member ON circular_reader (association_id, member_id, read_at);
CREATE INDEX circular_reader_teacher ON circular_reader (association_id, teacher_id, circular_id);
