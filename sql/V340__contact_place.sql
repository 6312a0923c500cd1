-- How many liaisons a member may name is a reading of the rulebook (DSIA-10-a, AII-14-5): those who speak in one role
-- stand in an order, and the first of them is whom notices go to.
ALTER TABLE contact ADD COLUMN place INT NOT NULL DEFAULT 0;
DROP INDEX contact_role ON contact;
CREATE UNIQUE INDEX contact_role ON contact (association_id, member_id, role, place);
