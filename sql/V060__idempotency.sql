-- Answers of acts that a caller of the API may send twice. id is the SHA-256 of account, path and key.
create table idempotency (
    association_id varchar(24) not null,
    id             char(64)    not null,
    request        char(64)    not null,
    status         int         not null,
    body           text        not null,
    created_at     datetime(3) not null,
    primary key (association_id, id)
);
