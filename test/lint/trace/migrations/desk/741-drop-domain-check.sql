-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
ALTER DOMAIN percentage DROP CONSTRAINT percentage_check;
