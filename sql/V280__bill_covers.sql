-- The last day that a bill for years ahead pays for, where that is not the end of its last year: the rest of that year is billed
-- when it has passed.
alter table bill add column covers_to date null;
