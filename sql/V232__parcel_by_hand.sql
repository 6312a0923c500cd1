-- A parcel that is not sent goes to the address that its member has told by then (WHJX-10-1), unless somebody wrote another.
alter table parcel add column by_hand boolean not null default false;
update parcel set by_hand = true where sent_on is null and exists (
  select 1 from audit a where a.association_id = parcel.association_id and a.member_id = parcel.member_id
    and a.act = 'parcel-address');
