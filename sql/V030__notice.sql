-- Whatever leaves the house, and what became of it.
CREATE TABLE notice (
    association_id VARCHAR(24)   NOT NULL,
    id             BIGINT        NOT NULL,
    addressee      VARCHAR(60)   NOT NULL,
    person         VARCHAR(60)   NOT NULL,
    member_id      BIGINT,
    about          VARCHAR(60)   NOT NULL,
    clauses        VARCHAR(300)  NOT NULL,
    body           TEXT          NOT NULL,
    facts          TEXT          NOT NULL,
    notice_key     VARCHAR(160),
    urgent         TINYINT(1)    NOT NULL,
    channel        VARCHAR(12)   NOT NULL,
    address        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    state          VARCHAR(12)   NOT NULL,
    created_at     DATETIME(3)   NOT NULL,
    not_before     DATETIME(3)   NOT NULL,
    attempts       INT           NOT NULL,
    tried_at       DATETIME(3),
    retry_at       DATETIME(3),
    claimed_by     VARCHAR(60),
    claimed_until  DATETIME(3),
    repeatable     TINYINT(1)    NOT NULL,
    sent_at        DATETIME(3),
    delivered_at   DATETIME(3),
    channel_id     VARCHAR(64),
    digest_id      BIGINT,
    why            VARCHAR(300),
    PRIMARY KEY (association_id, id),
    CONSTRAINT notice_key UNIQUE (association_id, notice_key)
);
CREATE INDEX notice_member ON notice (association_id, member_id, id);
CREATE INDEX notice_outbox ON notice (association_id, state, channel, not_before);
CREATE INDEX notice_address ON notice (association_id, address, sent_at);
CREATE INDEX notice_digest ON notice (association_id, channel, digest_id);
CREATE INDEX notice_channel_id ON notice (association_id, channel_id);

-- Reports of a channel, kept for the case that one is faster than the answer it belongs to.
CREATE TABLE notice_report (
    association_id VARCHAR(24)  NOT NULL,
    channel_id     VARCHAR(64)  NOT NULL,
    arrived        TINYINT(1)   NOT NULL,
    why            VARCHAR(300) NOT NULL,
    reported_at    DATETIME(3)  NOT NULL,
    PRIMARY KEY (association_id, channel_id)
);
