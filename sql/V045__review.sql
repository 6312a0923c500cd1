-- What has followed from the rules of time: once for each member, rule and occasion.
create table consequence (
    association_id varchar(24) not null,
    id bigint not null,
    member_id bigint not null,
    consequence_key varchar(120) not null,
    rule varchar(60) not null,
    bill_id bigint null,
    -- the notice that spoke for it, where that was told under another key
    told_under varchar(160) null,
    done_on date not null,
    primary key (association_id, id),
    unique key consequence_once (association_id, member_id, consequence_key)
);
