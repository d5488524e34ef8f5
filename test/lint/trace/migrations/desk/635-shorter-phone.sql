-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE customers ALTER COLUMN phone TYPE varchar(20);
