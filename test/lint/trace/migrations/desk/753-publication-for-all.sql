-- schema: desk.sql
-- rows: desk-rows.sql
DROP PUBLICATION desk_search;
CREATE PUBLICATION desk_all FOR TABLE tickets, ticket_messages, customers;
