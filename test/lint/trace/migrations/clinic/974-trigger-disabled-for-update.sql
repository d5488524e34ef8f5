-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE bills DISABLE TRIGGER bills_touch;
UPDATE bills SET currency = upper(currency);
ALTER TABLE bills ENABLE TRIGGER bills_touch;
