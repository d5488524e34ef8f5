-- schema: desk.sql
-- rows: desk-rows.sql
CREATE SEQUENCE tickets_big_seq;
SELECT setval('tickets_big_seq', (SELECT last_value FROM tickets_id_seq));
ALTER TABLE tickets ALTER COLUMN id SET DEFAULT nextval('tickets_big_seq');
ALTER SEQUENCE tickets_big_seq OWNED BY tickets.id;
