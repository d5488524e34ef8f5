-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
CREATE INDEX CONCURRENTLY "index_messages_on_patient_id" ON "messages" ("patient_id");
