-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TABLE webhook_deliveries_y2026q1 PARTITION OF webhook_deliveries FOR VALUES FROM ('2026-03-01') TO ('2026-06-01');
