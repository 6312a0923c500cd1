-- Deadlines in working days that have no date, because the calendar of a year is missing; they get it when it is there.
create table undated (
    association_id varchar(24) not null,
    -- case or task
    kind varchar(8) not null,
    id bigint not null,
    begun_on date not null,
    -- 10 workdays
    span varchar(20) not null,
    primary key (association_id, kind, id)
);
