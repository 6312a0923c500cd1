-- Until when a notice may be sent again although an earlier attempt may have arrived: as long as its channel remembers it.
ALTER TABLE notice ADD COLUMN repeat_until DATETIME(3);
UPDATE notice SET repeat_until = tried_at WHERE state = 'waiting' AND tried_at IS NOT NULL;
ALTER TABLE notice DROP COLUMN repeatable;

-- The last attempts at each address whose channel takes only so many in a while, in a ring of so many slots.
CREATE TABLE notice_pace (
    association_id VARCHAR(24) NOT NULL,
    channel        VARCHAR(12) NOT NULL,
    address        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    slot           INT         NOT NULL,
    used_at        DATETIME(3) NOT NULL,
    PRIMARY KEY (association_id, channel, address, slot)
);
