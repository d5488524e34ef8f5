-- schema: desk.sql
-- rows: desk-rows.sql
DROP SEQUENCE ticket_number_seq CASCADE;
