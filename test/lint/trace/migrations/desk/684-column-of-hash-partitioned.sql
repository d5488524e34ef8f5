-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE presence ADD COLUMN source text;
COMMENT ON COLUMN presence.source IS 'Which client said so';
