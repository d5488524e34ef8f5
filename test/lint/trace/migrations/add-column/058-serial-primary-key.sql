-- title: The table had no key
ALTER TABLE sessions ADD COLUMN id serial PRIMARY KEY;
