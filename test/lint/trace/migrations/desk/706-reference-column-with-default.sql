-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets ADD COLUMN country_code char(2) NOT NULL DEFAULT 'DE' REFERENCES countries (code);
