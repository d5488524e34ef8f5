-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE INDEX "index_messages_on_patient_id" ON "messages" ("patient_id");
