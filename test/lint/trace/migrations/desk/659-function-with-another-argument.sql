-- schema: desk.sql
-- rows: desk-rows.sql
CREATE FUNCTION slugify(value text, separator text DEFAULT '-') RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT trim(both separator from regexp_replace(lower(value), '[^a-z0-9]+', separator, 'g')) $$;
