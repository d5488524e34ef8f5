-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- classes: -data-loss because each is in the document by its name
ALTER TABLE visits ADD COLUMN measures jsonb;
UPDATE visits SET measures = jsonb_build_object('height_cm', height_cm, 'weight_kg', weight_kg) WHERE height_cm IS NOT NULL OR weight_kg IS NOT NULL;
ALTER TABLE visits DROP COLUMN height_cm, DROP COLUMN weight_kg;
