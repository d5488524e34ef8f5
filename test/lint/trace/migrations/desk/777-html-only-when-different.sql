-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE ticket_messages ALTER COLUMN html_body SET STORAGE MAIN;
ALTER TABLE ticket_messages ALTER COLUMN body SET STATISTICS 500;
ALTER TABLE ticket_messages SET (toast_tuple_target = 4096);
