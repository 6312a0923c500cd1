-- Who was told of an amendment of the rulebook, so that each hears of it once, and hears as well if it is taken back.
create table edition_told (
    association_id varchar(24) not null,
    -- the amendment's number
    nth int not null,
    -- made: that it was put in force; ahead: that its day is near; back: that it was taken back
    part varchar(8) not null,
    -- the class teacher who was told; 0 for the office, whose line says that this part is done
    staff_id bigint not null,
    told_on date not null,
    primary key (association_id, nth, part, staff_id)
);
-- What was amended before anybody was told of it is no news.
insert into edition_told (association_id, nth, part, staff_id, told_on)
    select association_id, nth, 'made', 0, set_on from rule_edition where takes_back is null;
insert into edition_told (association_id, nth, part, staff_id, told_on)
    select association_id, takes_back, 'back', 0, set_on from rule_edition where takes_back is not null;
-- The rulebook file as it was when the office last heard of it, to tell what another one changes.
create table rule_file (
    association_id varchar(24) not null,
    rules mediumtext not null,
    noted_on date not null,
    primary key (association_id)
);
