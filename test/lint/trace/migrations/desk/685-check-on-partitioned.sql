-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE webhook_deliveries ADD CONSTRAINT ck_status CHECK (status_code BETWEEN 100 AND 599);
