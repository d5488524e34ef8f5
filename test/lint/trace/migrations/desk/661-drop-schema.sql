-- schema: desk.sql
-- rows: desk-rows.sql
DROP SCHEMA audit CASCADE;
