-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets DROP CONSTRAINT fk_tickets_customer_id_customers;
ALTER TABLE tickets ADD CONSTRAINT fk_tickets_customer_id_customers FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;
