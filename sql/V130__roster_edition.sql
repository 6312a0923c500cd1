-- Each time the roster was published: who had joined through that day is on the public page, as long as it belongs.
create table roster_edition (
    association_id varchar(24) not null,
    id             bigint      not null,
    published_on   date        not null,
    published_by   varchar(64) not null,
    members        int         not null,
    published_at   datetime(3) not null,
    primary key (association_id, id),
    unique (association_id, published_on)
);
