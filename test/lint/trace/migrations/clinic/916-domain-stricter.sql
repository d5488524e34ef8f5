-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER DOMAIN money_amount ADD CONSTRAINT money_amount_max CHECK (VALUE < 1000000);
