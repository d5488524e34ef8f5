-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
ALTER TYPE shipment_state ADD VALUE IF NOT EXISTS 'held_at_customs' AFTER 'in_transit';
BEGIN;
ALTER TABLE shipments ADD COLUMN customs_ref VARCHAR(40);
COMMIT;
