-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE OR REPLACE FUNCTION full_name(first_name text, last_name text, title text) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT concat_ws(' ', title, first_name, last_name) $$;
