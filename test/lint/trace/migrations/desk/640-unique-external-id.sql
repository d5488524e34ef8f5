-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE customers ADD CONSTRAINT uq_customers_external_id UNIQUE (account_id, external_id);
