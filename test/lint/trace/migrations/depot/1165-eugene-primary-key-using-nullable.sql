-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY shipments_tracking_uq ON shipments (tracking_no);
ALTER TABLE shipments DROP CONSTRAINT shipments_pkey CASCADE, ADD CONSTRAINT shipments_pkey PRIMARY KEY USING INDEX shipments_tracking_uq;
