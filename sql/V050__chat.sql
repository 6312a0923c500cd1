-- What the room chat keeps: the question it has open with a person, and what was said.

-- One open question for each person; it expires.
CREATE TABLE chat_state (
  association_id VARCHAR(24) NOT NULL,
  openid         VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- choose-intent, choose-member, confirm-unbind, offer-human
  question       VARCHAR(24) NOT NULL,
  -- what the numbers or the yes stand for
  options        TEXT NOT NULL,
  expires_at     DATETIME(3) NOT NULL,
  PRIMARY KEY (association_id, openid)
);

-- What was said, phone and identity numbers masked.
CREATE TABLE chat_line (
  association_id VARCHAR(24) NOT NULL,
  id             BIGINT NOT NULL,
  openid         VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  member_id      BIGINT,
  said_at        DATETIME(3) NOT NULL,
  -- person or assistant
  speaker        VARCHAR(12) NOT NULL,
  body           TEXT NOT NULL,
  PRIMARY KEY (association_id, id)
);
CREATE INDEX chat_line_person ON chat_line (association_id, openid, id);
CREATE INDEX chat_line_age ON chat_line (association_id, said_at);
