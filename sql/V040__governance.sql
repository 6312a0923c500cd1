-- Bodies, meetings, absences and activities.

create table body_state (
    association_id varchar(24) not null,
    id bigint not null,
    body varchar(60) not null,
    in_office int null,
    in_recess tinyint(1) not null,
    term_ends_on date null,
    changed_on date null,
    primary key (association_id, id),
    unique key body_state_body (association_id, body)
);

create table meeting (
    association_id varchar(24) not null,
    id bigint not null,
    body varchar(60) not null,
    held_on date not null,
    remote tinyint(1) not null,
    primary key (association_id, id)
);
create index meeting_body on meeting (association_id, body, held_on);

create table absence (
    association_id varchar(24) not null,
    id bigint not null,
    member_id bigint not null,
    meeting_id bigint not null,
    body varchar(60) not null,
    held_on date not null,
    silent tinyint(1) not null,
    spent tinyint(1) not null,
    primary key (association_id, id)
);
create index absence_member on absence (association_id, member_id, body, held_on);

create table activity (
    association_id varchar(24) not null,
    id bigint not null,
    held_on date not null,
    member_id bigint null,
    primary key (association_id, id)
);
create index activity_member on activity (association_id, member_id, held_on);
