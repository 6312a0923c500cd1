-- What was offered lately is asked by day; activity_member leads with the member.
create index activity_day on activity (association_id, held_on);
