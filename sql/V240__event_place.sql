-- Places at events with what they cost a member: the price asked of everybody, and what this one pays.
create table event_place (
    association_id varchar(24) not null,
    id bigint not null,
    member_id bigint not null,
    price_of varchar(40) not null,
    event varchar(120) not null,
    branch varchar(120) not null,
    held_on date not null,
    full_fen bigint not null,
    paid_fen bigint not null,
    clauses varchar(200) not null,
    recorded_by varchar(80) not null,
    primary key (association_id, id),
    unique key event_place_once (association_id, member_id, price_of, held_on, event)
);
