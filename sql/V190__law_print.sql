-- Under which law an association's nights are run: a print of its rulebook, and one of each year's working calendar.
create table law_print (
    association_id varchar(24) not null,
    -- rulebook, or calendar-2026
    part varchar(20) not null,
    print char(64) not null,
    -- when the node that brought it first had it, in UTC; a node that has had another one for longer leaves the nights alone
    brought_at datetime(3) not null,
    -- the print under which everybody was last made due; null before
    applied char(64) null,
    primary key (association_id, part)
);
