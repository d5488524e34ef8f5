CREATE TABLE brands (id bigint PRIMARY KEY, name text NOT NULL);
ALTER TABLE brands ADD CONSTRAINT brands_name_key UNIQUE (name);
