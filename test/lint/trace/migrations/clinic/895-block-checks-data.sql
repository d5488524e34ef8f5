-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DO $$
BEGIN
  IF EXISTS (SELECT pzn FROM drugs GROUP BY pzn HAVING count(*) > 1) THEN
    RAISE EXCEPTION 'some drugs are there twice';
  END IF;
END $$;
CREATE UNIQUE INDEX drugs_pzn_key ON drugs (pzn);
