-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TYPE geo_point ADD ATTRIBUTE altitude double precision;
