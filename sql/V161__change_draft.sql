-- What somebody said in chat about a change, until it is handed in on the page; sealed.
create table change_draft (
    association_id varchar(24) not null,
    openid varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
    member_id bigint not null,
    content text not null,
    kept_on date not null,
    primary key (association_id, openid, member_id)
);
create index change_draft_day on change_draft (association_id, kept_on);
