-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DO $$
DECLARE n integer;
BEGIN
  INSERT INTO archive.shipments SELECT s.*, now() FROM shipments s WHERE s.state = 'lost' AND NOT EXISTS (SELECT FROM claims c WHERE c.shipment_id = s.id)
    AND NOT EXISTS (SELECT FROM parcels p WHERE p.shipment_id = s.id);
  GET DIAGNOSTICS n = ROW_COUNT;
  RAISE NOTICE 'archived %', n;
END $$;
