-- What was offered beside an answer, as lines of word and label: with it the dialogue holds the whole reply to a message,
-- and the row of the message need not hold it a second time. Null where the answer is kept masked or cut.
ALTER TABLE chat_line ADD COLUMN offered VARCHAR(500);
