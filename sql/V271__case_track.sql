-- The steps by which a case's place on its track is counted: under an amended rulebook it may have others.
alter table case_file add column track varchar(1000) null;
