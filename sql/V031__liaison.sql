-- That a class teacher was in touch with a member.
CREATE TABLE contact_log (
    association_id VARCHAR(24)   NOT NULL,
    id             BIGINT        NOT NULL,
    member_id      BIGINT        NOT NULL,
    staff_id       BIGINT,
    actor          VARCHAR(80)   NOT NULL,
    contacted_at   DATETIME(3)   NOT NULL,
    note           VARCHAR(1000) NOT NULL,
    PRIMARY KEY (association_id, id)
);
CREATE INDEX contact_log_member ON contact_log (association_id, member_id, id);
CREATE INDEX contact_log_staff ON contact_log (association_id, staff_id, contacted_at);
