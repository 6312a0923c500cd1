-- Liaisons whom a class teacher named as outstanding for a half-year; the name is sealed.
create table nomination (
    association_id varchar(24) not null,
    id bigint not null,
    member_id bigint not null,
    half_year date not null,
    person text not null,
    why varchar(300) not null,
    contacts int not null,
    stories int not null,
    in_time boolean not null,
    state varchar(12) not null,
    made_on date not null,
    made_by varchar(80) not null,
    settled_on date null,
    settled_by varchar(80) null,
    reason varchar(300) not null,
    primary key (association_id, id),
    unique key nomination_once (association_id, half_year, member_id)
);
