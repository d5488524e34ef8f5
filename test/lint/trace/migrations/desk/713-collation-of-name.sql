-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE labels ALTER COLUMN name TYPE varchar(50) COLLATE "C";
