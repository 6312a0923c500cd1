-- Who was asked to nominate a member for a rise by exception, and what came of it; the words are sealed.
create table backing (
    association_id varchar(24) not null,
    id bigint not null,
    member_id bigint not null,
    grade varchar(40) not null,
    nominator_id bigint not null,
    said text not null,
    asked_on date not null,
    asked_by varchar(80) not null,
    state varchar(12) not null,
    answered_on date null,
    case_id bigint null,
    primary key (association_id, id)
);
create index backing_member on backing (association_id, member_id, id);
create index backing_nominator on backing (association_id, nominator_id, state, id);
