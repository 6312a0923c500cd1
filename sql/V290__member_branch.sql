-- A member may be in several branches at once (BACCA-27-7); each looks after all who are in it (BACCA-26).
create table member_branch (
    association_id varchar(24) not null,
    branch varchar(80) not null,
    member_id bigint not null,
    primary key (association_id, branch, member_id)
);
create index member_branch_of on member_branch (association_id, member_id);

insert into member_branch (association_id, branch, member_id)
select association_id, branch, id from member where branch is not null and branch <> '';
