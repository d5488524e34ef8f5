-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_customers_account_created ON customers (account_id, created_at DESC);
DROP INDEX CONCURRENTLY IF EXISTS ix_customers_account_id;
