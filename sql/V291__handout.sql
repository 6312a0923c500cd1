-- A document that was attached when a task was done, for the members entitled to it (BACCA-27-12).
create table handout (
    association_id varchar(24) not null,
    task_id bigint not null,
    -- the file among the attachments
    file_id bigint not null,
    title varchar(200) not null,
    handed_on date not null,
    primary key (association_id, task_id)
);
