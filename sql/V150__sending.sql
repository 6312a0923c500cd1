-- Customers who have a class teacher as contact in WeCom, as they were seen last: to whom one to one can be sent.
CREATE TABLE class_friend (
  association_id VARCHAR(24)  NOT NULL,
  teacher_id     BIGINT       NOT NULL,
  external_id    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- how the teacher calls it, else its own name
  name           VARCHAR(200) NOT NULL,
  PRIMARY KEY (association_id, teacher_id, external_id)
);

-- The robot of a class's group; the key is sealed. A revoked one waits for another key, and what waits for it waits too.
CREATE TABLE class_robot (
  association_id VARCHAR(24)  NOT NULL,
  teacher_id     BIGINT       NOT NULL,
  sealed         VARCHAR(400) NOT NULL,
  revoked        TINYINT(1)   NOT NULL,
  set_by         VARCHAR(80)  NOT NULL,
  set_at         DATETIME(3)  NOT NULL,
  PRIMARY KEY (association_id, teacher_id)
);

-- A picture or file that goes with a message; sealed.
CREATE TABLE broadcast_file (
  association_id VARCHAR(24)  NOT NULL,
  id             BIGINT       NOT NULL,
  name           VARCHAR(120) NOT NULL,
  media          VARCHAR(100) NOT NULL,
  size_bytes     INT          NOT NULL,
  made_by        VARCHAR(80)  NOT NULL,
  made_at        DATETIME(3)  NOT NULL,
  content        LONGBLOB     NOT NULL,
  PRIMARY KEY (association_id, id)
);

-- A broadcast goes into the group, one to one, or through the robot, where each part of a long text is a row.
ALTER TABLE broadcast ADD COLUMN way VARCHAR(8) NOT NULL DEFAULT 'group';
-- what was sent together: all classes of an association, all parts of a text
ALTER TABLE broadcast ADD COLUMN round_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE broadcast ADD COLUMN part INT NOT NULL DEFAULT 1;
ALTER TABLE broadcast ADD COLUMN audience VARCHAR(200) NOT NULL DEFAULT '';
ALTER TABLE broadcast ADD COLUMN file_id BIGINT;
ALTER TABLE broadcast ADD COLUMN link_title VARCHAR(128);
ALTER TABLE broadcast ADD COLUMN link_says VARCHAR(512);
ALTER TABLE broadcast ADD COLUMN link_url VARCHAR(1000);
-- by the business clock: the platform takes so many a day
ALTER TABLE broadcast ADD COLUMN not_before DATETIME(3);
-- by the wire's clock
ALTER TABLE broadcast ADD COLUMN tried_at DATETIME(3);
CREATE INDEX broadcast_round ON broadcast (association_id, round_id);
CREATE INDEX broadcast_chat ON broadcast (association_id, chat_id, settled_at);

-- What became of a broadcast for each member of the audience.
CREATE TABLE broadcast_receiver (
  association_id VARCHAR(24)  NOT NULL,
  broadcast_id   BIGINT       NOT NULL,
  member_id      BIGINT       NOT NULL,
  -- key of the customer in WeCom; empty for whoever cannot be reached, and in a group
  target         VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- waiting, delivered, failed
  state          VARCHAR(12)  NOT NULL,
  why            VARCHAR(300) NOT NULL,
  settled_at     DATETIME(3),
  PRIMARY KEY (association_id, broadcast_id, member_id)
);
CREATE INDEX broadcast_receiver_member ON broadcast_receiver (association_id, member_id, broadcast_id);
CREATE INDEX broadcast_receiver_target ON broadcast_receiver (association_id, target, settled_at);
