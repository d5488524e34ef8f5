-- schema: desk.sql
-- rows: desk-rows.sql
LOCK TABLE tickets IN EXCLUSIVE MODE;
SELECT setval('ticket_number_seq', (SELECT last_value + 1000 FROM ticket_number_seq));
