-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE VIEW overdue_bills AS SELECT * FROM open_bills WHERE due_on < current_date;
CREATE MATERIALIZED VIEW patients_by_clinic AS SELECT clinic_id, count(*) AS patients FROM patients GROUP BY clinic_id;
