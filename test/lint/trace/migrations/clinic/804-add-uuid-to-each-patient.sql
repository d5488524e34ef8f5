-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE "patients" ADD COLUMN "public_id" uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX "patients_public_id_key" ON "patients" ("public_id");
