-- Applications under way, the papers handed in with them, and who filed what.

-- What somebody has written so far; sealed, because it names people. One for each person; forgotten after a time.
create table draft (
    association_id varchar(24) not null,
    id bigint not null,
    openid varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
    fields text not null,
    touched_on date not null,
    primary key (association_id, id),
    unique key draft_person (association_id, openid)
);
create index draft_age on draft (association_id, touched_on);

-- Who filed an application, and whom to reach (sealed): from then on this person may see it.
create table applicant (
    association_id varchar(24) not null,
    case_id bigint not null,
    openid varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
    contact text not null,
    bound tinyint(1) not null,
    primary key (association_id, case_id)
);
create index applicant_person on applicant (association_id, openid);

-- A picture or PDF of a document, sealed; of a draft until that is filed, of a case from then on.
create table enclosure (
    association_id varchar(24) not null,
    id bigint not null,
    draft_id bigint null,
    case_id bigint null,
    document varchar(120) not null,
    media varchar(40) not null,
    size_bytes int not null,
    openid varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
    received_on date not null,
    thumbnail mediumblob null,
    content mediumblob not null,
    primary key (association_id, id)
);
create index enclosure_draft on enclosure (association_id, draft_id);
create index enclosure_case on enclosure (association_id, case_id);

-- How often somebody did on a day what is allowed only so often.
create table attempt (
    association_id varchar(24) not null,
    openid varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
    what varchar(12) not null,
    on_day date not null,
    times int not null,
    primary key (association_id, openid, what, on_day)
);
create index attempt_age on attempt (association_id, on_day);
