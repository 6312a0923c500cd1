-- The number under which the dialogue may hold the answer to a message.
ALTER TABLE wx_message ADD COLUMN number BIGINT;
