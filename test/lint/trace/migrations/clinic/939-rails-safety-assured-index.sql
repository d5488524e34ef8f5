-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "index_bills_on_external_ref" ON "bills" ("external_ref");
