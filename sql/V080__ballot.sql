-- Meetings that are planned, who was there, and ballots.

create table sitting (
    association_id varchar(24) not null,
    id bigint not null,
    body varchar(60) not null,
    on_day date not null,
    starts_at varchar(5) not null,
    place varchar(120) not null,
    remote tinyint(1) not null,
    -- why it is held by mail or online
    special varchar(200) not null,
    -- planned, held, cancelled
    state varchar(12) not null,
    -- grows with every change, so that a page of yesterday is recognised
    version int not null,
    -- seats of the body, fixed when attendance was first taken
    seats int null,
    -- the row of meeting that it became
    meeting_id bigint null,
    primary key (association_id, id)
);
create index sitting_day on sitting (association_id, state, on_day);

create table sitting_seat (
    association_id varchar(24) not null,
    sitting_id bigint not null,
    member_id bigint not null,
    -- present, own, other (who stood in), excused, absent
    mark varchar(10) not null,
    -- who came, or why not
    note varchar(80) not null,
    primary key (association_id, sitting_id, member_id)
);

create table sitting_item (
    association_id varchar(24) not null,
    sitting_id bigint not null,
    case_id bigint not null,
    primary key (association_id, sitting_id, case_id)
);
create index sitting_item_case on sitting_item (association_id, case_id);

create table ballot (
    association_id varchar(24) not null,
    id bigint not null,
    case_id bigint not null,
    -- the step of the case that it decides
    stage int not null,
    body varchar(60) not null,
    title varchar(300) not null,
    -- meeting, mail, online
    way varchar(10) not null,
    secret tinyint(1) not null,
    sitting_id bigint null,
    -- why it is held by mail or online
    special varchar(200) not null,
    clauses varchar(400) not null,
    opened_on date not null,
    opened_by varchar(80) not null,
    -- last day for voting; null for one that is closed by hand in a meeting
    closes_on date null,
    -- seats of the body on the day of opening: base of quorum and of votes of all in office
    seats int not null,
    -- open, closed (no more votes), done
    state varchar(10) not null,
    -- what identities are mixed with while a secret ballot is open; gone when it is closed
    salt varchar(120) null,
    present int null,
    in_favour int null,
    against int null,
    closed_on date null,
    -- passed, failed, counted (no share is written), void
    outcome varchar(10) null,
    says varchar(600) not null,
    reminded tinyint(1) not null,
    -- of one case only one is open: case id while it is not done
    running bigint null,
    primary key (association_id, id),
    unique key ballot_running (association_id, running)
);
create index ballot_state on ballot (association_id, state, closes_on);
create index ballot_case on ballot (association_id, case_id);
create index ballot_sitting on ballot (association_id, sitting_id);

-- Who may vote, frozen at the opening; and whether, not when.
create table ballot_elector (
    association_id varchar(24) not null,
    ballot_id bigint not null,
    member_id bigint not null,
    -- no, online, paper
    voted varchar(8) not null,
    -- only in an open ballot: for, against, abstain
    choice varchar(8) null,
    primary key (association_id, ballot_id, member_id)
);
create index ballot_elector_member on ballot_elector (association_id, member_id, ballot_id);

-- Votes of a secret ballot. The place is drawn from the salt and the voter and tells neither who nor when; when the ballot
-- is closed all get new places drawn by lot.
create table ballot_slip (
    association_id varchar(24) not null,
    ballot_id bigint not null,
    place varchar(64) not null,
    choice varchar(8) not null,
    primary key (association_id, ballot_id, place)
);

-- What the voter was given to prove that its vote is counted: only a fingerprint, and never beside the choice.
create table ballot_receipt (
    association_id varchar(24) not null,
    ballot_id bigint not null,
    place varchar(64) not null,
    proof varchar(64) not null,
    primary key (association_id, ballot_id, place)
);
create index ballot_receipt_proof on ballot_receipt (association_id, ballot_id, proof);
