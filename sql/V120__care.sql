-- What members need and ask for, what they hand in to be published, and what is mailed to them.

-- A need or request; its words are sealed.
create table need (
    association_id varchar(24) not null,
    id bigint not null,
    member_id bigint not null,
    said text not null,
    raised_by varchar(80) not null,
    owner varchar(80) not null,
    opened_on date not null,
    due_on date null,
    escalated_on date null,
    answered_on date null,
    answered_by varchar(80) null,
    answer text null,
    rating varchar(12) null,
    task_id bigint not null,
    primary key (association_id, id)
);
create index need_member on need (association_id, member_id, id);
create index need_due on need (association_id, answered_on, due_on);

-- News that a member hands in.
create table story (
    association_id varchar(24) not null,
    id bigint not null,
    member_id bigint not null,
    title varchar(120) not null,
    body text not null,
    state varchar(12) not null,
    reason varchar(500) not null,
    submitted_on date not null,
    settled_on date null,
    task_id bigint null,
    primary key (association_id, id)
);
create index story_state on story (association_id, state, id);
create index story_member on story (association_id, member_id, id);

-- What goes out by post together, and to whom; names, addresses and phones are sealed.
create table mailing (
    association_id varchar(24) not null,
    id bigint not null,
    what varchar(24) not null,
    title varchar(120) not null,
    made_on date not null,
    made_by varchar(80) not null,
    primary key (association_id, id)
);
create table parcel (
    association_id varchar(24) not null,
    id bigint not null,
    mailing_id bigint not null,
    member_id bigint not null,
    task_id bigint null,
    recipient text not null,
    tracking varchar(40) not null,
    picture_id bigint null,
    sent_on date null,
    sent_by varchar(80) null,
    primary key (association_id, id),
    unique key parcel_once (association_id, mailing_id, member_id)
);
create index parcel_member on parcel (association_id, member_id, id);
create index parcel_task on parcel (association_id, task_id);

-- Photos of what was mailed or handed in, sealed.
create table care_picture (
    association_id varchar(24) not null,
    id bigint not null,
    story_id bigint null,
    content mediumblob not null,
    primary key (association_id, id)
);
create index care_picture_story on care_picture (association_id, story_id);
