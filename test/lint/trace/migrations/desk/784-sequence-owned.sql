-- schema: desk.sql
-- rows: desk-rows.sql
ALTER SEQUENCE ticket_number_seq OWNED BY tickets.number;
ALTER SEQUENCE ticket_number_seq AS integer;
