-- Who was asked to nominate a member for a rise by exception, and what came of it; the words are sealed.
create table nomination (
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
create index nomination_member on nomination (association_id, member_id, id);
create index nomination_nominator on nomination (association_id, nominator_id, state, id);
