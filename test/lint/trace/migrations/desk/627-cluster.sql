-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CLUSTER tickets USING ix_tickets_customer_id;
