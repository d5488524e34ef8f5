-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP FUNCTION age_on(date, date);
CREATE FUNCTION age_on(born_on date, day date DEFAULT current_date) RETURNS integer LANGUAGE sql STABLE AS
  $$ SELECT extract(year FROM age(day, born_on))::integer $$;
