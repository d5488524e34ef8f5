-- schema: desk.sql
-- rows: desk-rows.sql
ALTER SEQUENCE ticket_number_seq RESTART WITH 500000 CACHE 50;
COMMENT ON SEQUENCE ticket_number_seq IS 'Numbers that customers see';
