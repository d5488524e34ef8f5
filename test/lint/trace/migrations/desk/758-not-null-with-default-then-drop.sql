-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE customers ADD COLUMN source varchar(20) NOT NULL DEFAULT 'import';
ALTER TABLE customers ALTER COLUMN source DROP DEFAULT;
