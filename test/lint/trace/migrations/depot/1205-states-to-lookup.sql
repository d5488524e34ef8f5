-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE shipment_states (name text PRIMARY KEY, final boolean NOT NULL DEFAULT false);
INSERT INTO shipment_states SELECT unnest(enum_range(NULL::shipment_state))::text;
ALTER TABLE shipments ADD COLUMN state_name text REFERENCES shipment_states (name);
