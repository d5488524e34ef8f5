-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE FUNCTION digits_of(insurance_no text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS
  $$ SELECT insurance_no::bigint $$;
CREATE INDEX patients_digits_idx ON patients (clinic_id, digits_of(insurance_no)) WHERE NOT deceased;
