-- schema: desk.sql
-- rows: desk-rows.sql
-- since: 15
ALTER PUBLICATION desk_search SET TABLE tickets WHERE (id > 0), ticket_messages;
