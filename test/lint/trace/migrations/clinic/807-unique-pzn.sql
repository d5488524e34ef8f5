-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY drugs_pzn_key ON drugs (pzn);
ALTER TABLE drugs ADD CONSTRAINT drugs_pzn_key UNIQUE USING INDEX drugs_pzn_key;
