-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE POLICY patients_not_deleted ON patients AS RESTRICTIVE FOR SELECT USING (deleted_at IS NULL);
