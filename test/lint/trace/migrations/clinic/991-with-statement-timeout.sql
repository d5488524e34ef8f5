-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
SET LOCAL statement_timeout = '30s';
CREATE INDEX diagnoses_code_idx ON diagnoses (code);
