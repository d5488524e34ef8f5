-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE bills ENABLE ROW LEVEL SECURITY;
