-- What was answered stands beside what was said: one row for each exchange, in which nothing is looked for by its age
-- alone. A row of the assistant is what it said unasked, or what was kept before.
ALTER TABLE chat_line ADD COLUMN answered TEXT;
DROP INDEX chat_line_age ON chat_line;
