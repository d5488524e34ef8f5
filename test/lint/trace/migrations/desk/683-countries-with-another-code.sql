-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE countries ADD COLUMN iso3 char(3);
UPDATE countries SET iso3 = CASE code WHEN 'DE' THEN 'DEU' WHEN 'FR' THEN 'FRA' ELSE 'USA' END;
