-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE rates ADD CONSTRAINT rates_no_overlap EXCLUDE USING gist (zone WITH =, up_to_g WITH =, valid WITH &&);
