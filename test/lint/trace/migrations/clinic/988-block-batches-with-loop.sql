-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DO $$
DECLARE
  first bigint := 0;
  last bigint;
BEGIN
  SELECT max(id) INTO last FROM patients;
  WHILE first <= last LOOP
    UPDATE patients SET updated_at = created_at WHERE id > first AND id <= first + 1000;
    first := first + 1000;
  END LOOP;
END $$;
