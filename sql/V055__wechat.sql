-- What the room wechat keeps: answered messages, shared credentials, QR codes.

-- A message or event of WeChat or WeCom that was answered, with its answer: a repetition gets the same one.
-- The row and the effects of the message are committed together, so a message cut off in the middle is simply new again.
CREATE TABLE wx_message (
  association_id VARCHAR(24) NOT NULL,
  dedupe_key     VARCHAR(160) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  openid         VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  received_at    DATETIME(3) NOT NULL,
  -- until when a customer-service message may follow it
  window_until   DATETIME(3) NOT NULL,
  -- what follows the passive reply as a customer-service message: nothing, all of the answer, or the rest of it
  follow         VARCHAR(8) NOT NULL,
  -- answered; waiting, sending, sent, failed: what became of that message
  state          VARCHAR(12) NOT NULL,
  reply          TEXT,
  PRIMARY KEY (association_id, dedupe_key)
);
CREATE INDEX wx_message_window ON wx_message (association_id, openid, window_until);
CREATE INDEX wx_message_age ON wx_message (association_id, state, received_at);

-- Access tokens and tickets, shared by all nodes; encrypted with the data key.
CREATE TABLE wx_token (
  association_id VARCHAR(24) NOT NULL,
  kind           VARCHAR(24) NOT NULL,
  secret         VARCHAR(2048) NOT NULL,
  expires_at     DATETIME(3) NOT NULL,
  PRIMARY KEY (association_id, kind)
);

-- QR codes of invitations: what the picture below /qr draws.
CREATE TABLE wx_scene (
  association_id VARCHAR(24) NOT NULL,
  scene          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  url            VARCHAR(512) NOT NULL,
  expires_at     DATETIME(3) NOT NULL,
  PRIMARY KEY (association_id, scene)
);
