-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE bills ADD CONSTRAINT bills_vat_check CHECK (vat >= 0);
