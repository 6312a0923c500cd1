-- A branch chases the fees of its own members (BACCA-34): they are looked up by it.
create index member_branch on member (association_id, branch);
