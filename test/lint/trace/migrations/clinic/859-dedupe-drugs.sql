-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DELETE FROM drugs d USING drugs older WHERE older.pzn = d.pzn AND older.id < d.id;
ALTER TABLE drugs ADD CONSTRAINT drugs_pzn_key UNIQUE (pzn);
