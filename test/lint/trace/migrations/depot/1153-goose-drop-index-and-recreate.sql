-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
DROP INDEX CONCURRENTLY shipments_open_idx;
CREATE INDEX CONCURRENTLY shipments_open_idx ON shipments (target_depot_id, promised_on) WHERE delivered_at IS NULL;
