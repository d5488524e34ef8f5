-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
ALTER TABLE icd_codes ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', code || ' ' || title)) STORED;
CREATE INDEX CONCURRENTLY icd_codes_search_idx ON icd_codes USING gin (search);
