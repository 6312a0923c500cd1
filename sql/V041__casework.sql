-- Cases, their evidence, and services used.

create table case_file (
    association_id varchar(24) not null,
    id bigint not null,
    type varchar(24) not null,
    member_id bigint null,
    subject varchar(200) not null,
    outcome varchar(12) not null,
    stage int not null,
    vote_failed tinyint(1) not null,
    provisional tinyint(1) not null,
    by_rule tinyint(1) not null,
    rule_key varchar(160) null,
    bill_id bigint null,
    referred_to varchar(60) null,
    waits_at varchar(60) null,
    opened_on date not null,
    opened_by varchar(80) not null,
    complete_on date null,
    closed_on date null,
    due_on date null,
    from_on date null,
    -- the next day on which it must be looked at
    wake_on date null,
    grounds text not null,
    documents text not null,
    awaiting text not null,
    data text not null,
    primary key (association_id, id),
    unique key case_file_rule (association_id, rule_key)
);
create index case_file_member on case_file (association_id, member_id, type);
create index case_file_wake on case_file (association_id, wake_on);
create index case_file_at on case_file (association_id, waits_at);

create table case_step (
    association_id varchar(24) not null,
    id bigint not null,
    case_id bigint not null,
    case_type varchar(24) not null,
    on_day date not null,
    by_whom varchar(80) not null,
    act varchar(24) not null,
    clauses varchar(400) not null,
    says varchar(1000) not null,
    primary key (association_id, id)
);
create index case_step_of on case_step (association_id, case_id);
create index case_step_day on case_step (association_id, case_type, act, on_day);

create table service_use (
    association_id varchar(24) not null,
    id bigint not null,
    member_id bigint not null,
    what varchar(40) not null,
    event varchar(120) not null,
    used int not null,
    used_on date not null,
    primary key (association_id, id)
);
create index service_use_of on service_use (association_id, member_id, what, event);
