-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE scans ADD CONSTRAINT scans_once UNIQUE (shipment_id, kind, scanned_at);
