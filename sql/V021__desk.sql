-- Staff accounts, what waits for a person, and who did what.
CREATE TABLE staff (
    association_id VARCHAR(24)  NOT NULL,
    id             BIGINT       NOT NULL,
    username       VARCHAR(60)  NOT NULL,
    full_name      VARCHAR(60)  NOT NULL,
    password_hash  VARCHAR(100),
    wecom_user_id  VARCHAR(64),
    phone          VARCHAR(200),
    roles          VARCHAR(100) NOT NULL,
    offices        VARCHAR(300) NOT NULL,
    active         TINYINT(1)   NOT NULL,
    PRIMARY KEY (association_id, id),
    CONSTRAINT staff_username UNIQUE (association_id, username),
    CONSTRAINT staff_wecom UNIQUE (association_id, wecom_user_id)
);

CREATE TABLE task (
    association_id VARCHAR(24)   NOT NULL,
    id             BIGINT        NOT NULL,
    member_id      BIGINT,
    case_id        BIGINT,
    what           VARCHAR(40)   NOT NULL,
    addressee      VARCHAR(60)   NOT NULL,
    place          VARCHAR(60),
    due_on         DATE,
    state          VARCHAR(12)   NOT NULL,
    amount_fen     BIGINT,
    clauses        VARCHAR(300)  NOT NULL,
    body           VARCHAR(1000) NOT NULL,
    facts          TEXT          NOT NULL,
    task_key       VARCHAR(160),
    opened_at      DATETIME(3)   NOT NULL,
    done_at        DATETIME(3),
    done_by        VARCHAR(80),
    documents      TEXT          NOT NULL,
    PRIMARY KEY (association_id, id),
    CONSTRAINT task_key UNIQUE (association_id, task_key)
);
CREATE INDEX task_member ON task (association_id, member_id, state);
CREATE INDEX task_matter ON task (association_id, case_id);
CREATE INDEX task_addressee ON task (association_id, addressee, state, due_on);
CREATE INDEX task_state ON task (association_id, state, due_on);

CREATE TABLE audit (
    association_id VARCHAR(24)   NOT NULL,
    id             BIGINT        NOT NULL,
    noted_at       DATETIME(3)   NOT NULL,
    actor          VARCHAR(80)   NOT NULL,
    act            VARCHAR(60)   NOT NULL,
    member_id      BIGINT,
    detail         VARCHAR(1000) NOT NULL,
    clauses        VARCHAR(300)  NOT NULL,
    PRIMARY KEY (association_id, id)
);
CREATE INDEX audit_member ON audit (association_id, member_id, id);
