-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE depots ADD COLUMN lat double precision, ADD COLUMN lon double precision;
UPDATE depots SET lat = (location).lat, lon = (location).lon WHERE location IS NOT NULL;
