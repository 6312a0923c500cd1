-- A question counts until the person says something else: the number after which it was asked. Those from before this
-- column were settled by whatever was said after them.
ALTER TABLE chat_state ADD COLUMN asked_after BIGINT NOT NULL DEFAULT 9223372036854775807;
