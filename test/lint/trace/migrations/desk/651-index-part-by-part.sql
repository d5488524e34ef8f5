-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CREATE INDEX ix_webhook_deliveries_endpoint ON ONLY webhook_deliveries (endpoint);
CREATE INDEX CONCURRENTLY ix_wd_m01_endpoint ON webhook_deliveries_y2026m01 (endpoint);
ALTER INDEX ix_webhook_deliveries_endpoint ATTACH PARTITION ix_wd_m01_endpoint;
CREATE INDEX CONCURRENTLY ix_wd_m02_endpoint ON webhook_deliveries_y2026m02 (endpoint);
ALTER INDEX ix_webhook_deliveries_endpoint ATTACH PARTITION ix_wd_m02_endpoint;
CREATE INDEX CONCURRENTLY ix_wd_m03_endpoint ON webhook_deliveries_y2026m03 (endpoint);
ALTER INDEX ix_webhook_deliveries_endpoint ATTACH PARTITION ix_wd_m03_endpoint;
