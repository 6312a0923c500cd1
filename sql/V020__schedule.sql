-- The business clock's place and which nights are done. The clock is the server's own: association_id is '*'.
CREATE TABLE clock_setting (
    association_id VARCHAR(24) NOT NULL,
    offset_millis  BIGINT      NOT NULL,
    set_at         DATETIME(3) NOT NULL,
    PRIMARY KEY (association_id)
);

-- One row for each association: all days up to done_through are done; the holder works on the next until its lease runs out.
CREATE TABLE night (
    association_id VARCHAR(24)  NOT NULL,
    done_through   DATE,
    holder         VARCHAR(160),
    lease_until    DATETIME(3),
    PRIMARY KEY (association_id)
);

CREATE TABLE night_run (
    association_id VARCHAR(24)  NOT NULL,
    run_day        DATE         NOT NULL,
    duty           VARCHAR(60)  NOT NULL,
    attempts       INT          NOT NULL,
    node           VARCHAR(160) NOT NULL,
    started_at     DATETIME(3)  NOT NULL,
    finished_at    DATETIME(3),
    failure        VARCHAR(500),
    PRIMARY KEY (association_id, run_day, duty)
);

-- Years without a working calendar that were reported already.
CREATE TABLE calendar_missing (
    association_id VARCHAR(24) NOT NULL,
    missing_year   INT         NOT NULL,
    PRIMARY KEY (association_id, missing_year)
);
