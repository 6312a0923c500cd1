-- Customer groups of WeCom whose owner is a class teacher, as they were seen last, and who is in them.
CREATE TABLE class_group (
  association_id VARCHAR(24)  NOT NULL,
  chat_id        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  teacher_id     BIGINT       NOT NULL,
  name           VARCHAR(200) NOT NULL,
  -- names of the customers in it, a line each
  people         MEDIUMTEXT   NOT NULL,
  dissolved      TINYINT(1)   NOT NULL,
  seen_at        DATETIME(3)  NOT NULL,
  PRIMARY KEY (association_id, chat_id)
);
CREATE INDEX class_group_teacher ON class_group (association_id, teacher_id);

-- A message for a class group: the teacher confirms it here, and then once more in the WeCom client.
CREATE TABLE broadcast (
  association_id VARCHAR(24)   NOT NULL,
  id             BIGINT        NOT NULL,
  staff_id       BIGINT        NOT NULL,
  chat_id        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  sender         VARCHAR(64)   NOT NULL,
  body           TEXT          NOT NULL,
  -- queued, tried, waiting, sent, limit, failed, unconfirmed
  state          VARCHAR(12)   NOT NULL,
  made_at        DATETIME(3)   NOT NULL,
  attempts       INT           NOT NULL,
  retry_at       DATETIME(3)   NOT NULL,
  message_id     VARCHAR(128),
  settled_at     DATETIME(3),
  why            VARCHAR(300)  NOT NULL,
  -- who of the class was in the group, and who was not, when it was queued
  reached        INT           NOT NULL,
  missing        INT           NOT NULL,
  PRIMARY KEY (association_id, id)
);
CREATE INDEX broadcast_state ON broadcast (association_id, state, retry_at);
CREATE INDEX broadcast_staff ON broadcast (association_id, staff_id, id);
