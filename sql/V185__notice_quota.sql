-- What has been asked of a channel on a day of which the platform takes only so many from a sender.
CREATE TABLE notice_quota (
    association_id VARCHAR(24) NOT NULL,
    quota          VARCHAR(24) NOT NULL,
    on_day         DATE        NOT NULL,
    used           INT         NOT NULL,
    PRIMARY KEY (association_id, quota, on_day)
);
