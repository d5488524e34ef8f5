-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CREATE INDEX CONCURRENTLY ix_webhook_deliveries_endpoint ON webhook_deliveries (endpoint);
