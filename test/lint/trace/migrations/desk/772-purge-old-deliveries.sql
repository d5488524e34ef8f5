-- schema: desk.sql
-- rows: desk-rows.sql
DELETE FROM webhook_deliveries WHERE delivered_on < '2026-02-01';
