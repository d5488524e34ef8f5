-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER INDEX patients_last_name_idx RENAME TO ix_patients_last_name_lower;
