-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
REINDEX INDEX CONCURRENTLY ix_tickets_account_id_state;
