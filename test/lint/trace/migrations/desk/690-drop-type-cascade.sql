-- schema: desk.sql
-- rows: desk-rows.sql
DROP TYPE channel CASCADE;
