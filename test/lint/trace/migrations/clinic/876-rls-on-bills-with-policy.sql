-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE bills ENABLE ROW LEVEL SECURITY;
CREATE POLICY bills_all ON bills USING (true);
