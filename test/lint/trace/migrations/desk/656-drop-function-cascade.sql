-- schema: desk.sql
-- rows: desk-rows.sql
DROP FUNCTION set_modified() CASCADE;
