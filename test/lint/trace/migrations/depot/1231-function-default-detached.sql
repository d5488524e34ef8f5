-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE shipments ALTER COLUMN tracking_no DROP DEFAULT;
ALTER TABLE archive.shipments ALTER COLUMN tracking_no DROP DEFAULT;
DROP FUNCTION next_tracking_no();
CREATE FUNCTION next_tracking_no(prefix text DEFAULT 'TN') RETURNS text LANGUAGE sql AS $$ SELECT prefix || lpad(nextval('tracking_seq')::text, 12, '0') $$;
ALTER TABLE shipments ALTER COLUMN tracking_no SET DEFAULT next_tracking_no();
