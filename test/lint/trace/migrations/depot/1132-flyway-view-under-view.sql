-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DROP VIEW open_shipments;
CREATE VIEW open_shipments AS SELECT id, tracking_no, state FROM shipments WHERE delivered_at IS NULL;
