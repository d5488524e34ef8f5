-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE customers ADD COLUMN display text;
UPDATE customers SET display = first_name || ' ' || last_name;
ALTER TABLE customers DROP COLUMN first_name, DROP COLUMN last_name;
