-- schema: desk.sql
-- rows: desk-rows.sql
-- since: 14
ALTER TABLE ticket_messages ALTER COLUMN body SET COMPRESSION pglz;
ALTER TABLE ticket_messages ALTER COLUMN html_body SET STORAGE EXTERNAL;
