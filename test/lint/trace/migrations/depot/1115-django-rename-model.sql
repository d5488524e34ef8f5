-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
BEGIN;
ALTER TABLE "claims" RENAME TO "insurance_claims";
ALTER SEQUENCE "claims_id_seq" RENAME TO "insurance_claims_id_seq";
COMMIT;
