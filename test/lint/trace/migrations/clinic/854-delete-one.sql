-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DELETE FROM icd_codes WHERE code = 'X99.9';
