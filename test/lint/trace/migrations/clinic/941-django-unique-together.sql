-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
BEGIN;
--
-- Alter unique_together for room (1 constraint(s))
--
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_clinic_id_name_a3c2_uniq" UNIQUE ("clinic_id", "name");
COMMIT;
