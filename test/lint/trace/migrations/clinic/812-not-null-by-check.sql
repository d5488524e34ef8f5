-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
ALTER TABLE practitioners ADD CONSTRAINT practitioners_active_not_null CHECK (active IS NOT NULL) NOT VALID;
UPDATE practitioners SET active = true WHERE active IS NULL;
ALTER TABLE practitioners VALIDATE CONSTRAINT practitioners_active_not_null;
ALTER TABLE practitioners ALTER COLUMN active SET NOT NULL;
ALTER TABLE practitioners DROP CONSTRAINT practitioners_active_not_null;
