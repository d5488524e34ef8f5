-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
REINDEX TABLE tickets;
