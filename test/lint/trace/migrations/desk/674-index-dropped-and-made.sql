-- schema: desk.sql
-- rows: desk-rows.sql
DROP INDEX ix_customers_email;
CREATE INDEX ix_customers_email ON customers (lower(email));
