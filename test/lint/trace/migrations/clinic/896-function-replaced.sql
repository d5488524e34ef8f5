-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE OR REPLACE FUNCTION age_on(born_on date, day date) RETURNS integer LANGUAGE sql STABLE AS
  $$ SELECT greatest(0, extract(year FROM age(day, born_on))::integer) $$;
