-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
-- since: 14
ALTER TABLE webhook_deliveries DETACH PARTITION webhook_deliveries_y2026m01 CONCURRENTLY;
