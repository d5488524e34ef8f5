-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CREATE TABLE webhook_deliveries_rest PARTITION OF webhook_deliveries DEFAULT;
CREATE TABLE webhook_deliveries_y2026m04 PARTITION OF webhook_deliveries FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
