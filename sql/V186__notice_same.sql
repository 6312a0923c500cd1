-- Notices of one text to one address, numbered while the channel would take the second for a repetition of the first.
CREATE TABLE notice_same (
    association_id VARCHAR(24) NOT NULL,
    address        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    digest         CHAR(64)    NOT NULL,
    number         INT         NOT NULL,
    notice_id      BIGINT      NOT NULL,
    used_at        DATETIME(3) NOT NULL,
    PRIMARY KEY (association_id, address, digest, number)
);
CREATE INDEX notice_same_used ON notice_same (association_id, used_at);
