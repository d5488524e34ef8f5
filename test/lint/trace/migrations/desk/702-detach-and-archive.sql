-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE webhook_deliveries DETACH PARTITION webhook_deliveries_y2026m01;
CREATE SCHEMA history;
ALTER TABLE webhook_deliveries_y2026m01 SET SCHEMA history;
