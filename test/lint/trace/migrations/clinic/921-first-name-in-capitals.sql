-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE patients SET first_name = initcap(first_name), last_name = initcap(last_name);
