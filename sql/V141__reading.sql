-- How an open point of the bylaws is read from a day on, where the association chose otherwise than its rulebook file.
create table reading (
    association_id varchar(24) not null,
    id bigint not null,
    name varchar(40) not null,
    -- null: as the rulebook file has it
    reads_as varchar(40) null,
    from_on date not null,
    why varchar(200) not null,
    set_on date not null,
    set_by varchar(80) not null,
    primary key (association_id, id)
);
create index reading_name on reading (association_id, name, id);
