-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE OR REPLACE FUNCTION full_name(given text, family text) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT concat_ws(' ', given, family) $$;
