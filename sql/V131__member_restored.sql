-- The day on which rights or membership last came back: inactivity counts anew from it. The ledger tells it; kept on
-- the row so that no look at a member has to read the ledger.
ALTER TABLE member ADD COLUMN restored_on DATE;

UPDATE member SET restored_on = (
    SELECT MAX(e.on_day)
    FROM member_entry e
    WHERE e.association_id = member.association_id
      AND e.member_id = member.id
      AND e.kind = 'restored'
      AND e.annulled_on IS NULL);
