-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE OR REPLACE FUNCTION normal_plate(plate text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper(regexp_replace(plate, '[^A-Za-z0-9]', '', 'g')) $$;
