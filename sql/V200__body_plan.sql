-- What is to change in a body on a day to come; columns that are null stay as they are on that day.
create table body_plan (
    association_id varchar(24) not null,
    id bigint not null,
    body varchar(60) not null,
    from_on date not null,
    in_recess tinyint(1) null,
    in_office int null,
    -- from that day seats are counted from the roster, whatever was recorded
    by_roster tinyint(1) not null,
    term_ends_on date null,
    changed_on date null,
    recorded_by varchar(60) not null,
    primary key (association_id, id),
    unique key body_plan_day (association_id, from_on, body)
);
