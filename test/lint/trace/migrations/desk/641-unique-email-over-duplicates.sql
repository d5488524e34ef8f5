-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY ix_customers_account_email ON customers (email);
