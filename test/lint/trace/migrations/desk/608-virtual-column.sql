-- schema: desk.sql
-- rows: desk-rows.sql
-- since: 18
ALTER TABLE customers ADD COLUMN display_name text GENERATED ALWAYS AS (coalesce(first_name, '') || ' ' || coalesce(last_name, '')) VIRTUAL;
