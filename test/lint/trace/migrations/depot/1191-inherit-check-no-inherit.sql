-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE rates ADD CONSTRAINT rates_limit CHECK (up_to_g <= 31500) NO INHERIT;
