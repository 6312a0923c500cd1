-- Working groups and projects: by which resolution, who leads, where they stand.
create table undertaking (
    association_id varchar(24) not null,
    id bigint not null,
    register varchar(40) not null,
    name varchar(120) not null,
    decision_id bigint not null,
    lead_id bigint null,
    state varchar(12) not null,
    note varchar(200) not null,
    opened_on date not null,
    changed_on date not null,
    version int not null,
    primary key (association_id, id),
    unique key undertaking_name (association_id, register, name)
);
