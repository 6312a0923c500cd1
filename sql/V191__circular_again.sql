-- The day of the second word is counted in working days: without that year's calendar there is none yet.
alter table circular modify again_on date null;
