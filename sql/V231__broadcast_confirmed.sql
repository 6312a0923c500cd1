-- A broadcast goes to WeCom, then its sender confirms it in the client, then it reaches each member: each step has its moment.
ALTER TABLE broadcast ADD COLUMN confirmed_at DATETIME(3);
ALTER TABLE broadcast_receiver ADD COLUMN sent_at DATETIME(3);
ALTER TABLE broadcast_receiver ADD COLUMN confirmed_at DATETIME(3);
-- states: waiting, sent, confirmed, delivered, failed
UPDATE broadcast_receiver SET state = 'sent' WHERE state = 'waiting' AND EXISTS (
  SELECT 1 FROM broadcast b WHERE b.association_id = broadcast_receiver.association_id
    AND b.id = broadcast_receiver.broadcast_id AND b.state = 'waiting');
