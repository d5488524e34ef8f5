-- schema: desk.sql
-- rows: desk-rows.sql
UPDATE accounts SET settings = jsonb_set(settings::jsonb, '{locale}', '"en"')::json WHERE settings IS NOT NULL;
