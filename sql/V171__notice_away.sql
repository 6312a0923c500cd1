-- How often a notice found its channel away: nothing was asked then, and it is not its own fault.
ALTER TABLE notice ADD COLUMN away INT DEFAULT 0 NOT NULL;
