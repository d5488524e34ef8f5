-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE "documents" ADD "visit_id" bigint;
CREATE INDEX "index_documents_on_visit_id" ON "documents" ("visit_id");
ALTER TABLE "documents" ADD CONSTRAINT "fk_rails_2be0318c46" FOREIGN KEY ("visit_id") REFERENCES "visits" ("id");
