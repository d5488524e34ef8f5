-- schema: desk.sql
-- rows: desk-rows.sql
UPDATE agents SET capacity = 100;
ALTER TABLE agents ALTER COLUMN capacity SET DEFAULT 100;
ALTER TABLE agents ALTER COLUMN capacity SET NOT NULL;
