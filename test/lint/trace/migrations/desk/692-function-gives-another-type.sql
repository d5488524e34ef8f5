-- schema: desk.sql
-- rows: desk-rows.sql
CREATE OR REPLACE FUNCTION business_hours(since timestamptz, until timestamptz) RETURNS numeric LANGUAGE sql STABLE AS
  $$ SELECT extract(epoch FROM until - since) / 3600 $$;
