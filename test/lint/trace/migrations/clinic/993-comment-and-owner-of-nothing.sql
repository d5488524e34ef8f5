-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
COMMENT ON TABLE patients IS 'One row for each person with a record.';
COMMENT ON COLUMN patients.record_no IS 'As printed on the file.';
