-- schema: desk.sql
-- rows: desk-rows.sql
CREATE INDEX ix_webhook_deliveries_status ON webhook_deliveries (status_code) WHERE status_code >= 400;
