CREATE TABLE press_contacts (id bigint NOT NULL, name text NOT NULL, email text);
ALTER TABLE press_contacts INHERIT contacts;
