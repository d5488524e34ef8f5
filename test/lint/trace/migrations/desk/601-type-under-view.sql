-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets ALTER COLUMN subject TYPE varchar(500);
