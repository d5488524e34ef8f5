-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- classes: -data-loss because both parts of it are in columns of their own
ALTER TABLE depots ADD COLUMN lat double precision, ADD COLUMN lon double precision;
UPDATE depots SET lat = (location).lat, lon = (location).lon;
ALTER TABLE depots DROP COLUMN location;
DROP TYPE geo_point;
