-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE customers ALTER COLUMN first_name TYPE text, ALTER COLUMN last_name TYPE text;
