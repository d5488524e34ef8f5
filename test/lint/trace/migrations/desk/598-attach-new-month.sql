-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CREATE TABLE webhook_deliveries_y2026m04 (LIKE webhook_deliveries INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE webhook_deliveries_y2026m04 ADD CONSTRAINT m04 CHECK (delivered_on >= '2026-04-01' AND delivered_on < '2026-05-01');
ALTER TABLE webhook_deliveries ATTACH PARTITION webhook_deliveries_y2026m04 FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
ALTER TABLE webhook_deliveries_y2026m04 DROP CONSTRAINT m04;
