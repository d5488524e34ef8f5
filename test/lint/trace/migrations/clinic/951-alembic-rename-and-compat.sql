-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE visits RENAME COLUMN summary TO notes;
ALTER TABLE visits ADD COLUMN summary text GENERATED ALWAYS AS (notes) STORED;
