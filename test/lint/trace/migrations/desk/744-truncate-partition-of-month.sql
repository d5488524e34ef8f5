-- schema: desk.sql
-- rows: desk-rows.sql
TRUNCATE webhook_deliveries_y2026m01;
