-- title: One column becomes two
ALTER TABLE contacts ADD COLUMN first_name text, ADD COLUMN last_name text;
UPDATE contacts SET first_name = split_part(name, ' ', 1), last_name = split_part(name, ' ', 2);
ALTER TABLE contacts DROP COLUMN name;
