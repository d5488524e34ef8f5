-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();
