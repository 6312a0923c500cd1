-- Members of a broadcast of which nobody knows whether it went out are unconfirmed like it.
-- states: waiting, sent, confirmed, delivered, failed, unconfirmed
UPDATE broadcast_receiver SET state = 'unconfirmed' WHERE state IN ('waiting', 'sent') AND EXISTS (
  SELECT 1 FROM broadcast b WHERE b.association_id = broadcast_receiver.association_id
    AND b.id = broadcast_receiver.broadcast_id AND b.state = 'unconfirmed');
