-- The day on which the night's run handed a case to whom it waits for, as long as nobody was told of that by itself.
alter table case_file add column night_on date null;
