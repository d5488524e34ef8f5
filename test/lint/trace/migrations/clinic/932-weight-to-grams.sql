-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE visits ALTER COLUMN weight_kg TYPE integer USING round(weight_kg * 1000)::integer;
ALTER TABLE visits RENAME COLUMN weight_kg TO weight_g;
