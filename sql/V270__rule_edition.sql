-- How an association amended its rulebook, and what it took back: kept as it was made, laid over the rulebook file from its day on.
create table rule_edition (
    association_id varchar(24) not null,
    -- 1, 2, 3 …: the second of two that were made at once finds its number taken
    nth int not null,
    from_on date not null,
    -- the number of the amendment that this line takes back; null for an amendment
    takes_back int null,
    -- the whole rulebook; null where one is taken back
    rules mediumtext null,
    -- the number of the edition that was changed, 0 for the rulebook file
    based_on int not null,
    -- the file's text as it was then, where that was changed
    base_rules mediumtext null,
    -- the open point that it is about; null for a change of the whole text
    reading varchar(60) null,
    why varchar(200) not null,
    set_on date not null,
    set_by varchar(80) not null,
    primary key (association_id, nth)
);
