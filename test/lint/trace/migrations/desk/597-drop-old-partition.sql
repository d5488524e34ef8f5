-- schema: desk.sql
-- rows: desk-rows.sql
DROP TABLE webhook_deliveries_y2026m01;
