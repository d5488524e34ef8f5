-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM insurers WHERE code = 'SELF') THEN
    INSERT INTO insurers (code, name, kind) VALUES ('SELF', 'Pays by themselves', 'private');
  END IF;
  UPDATE patients SET insurer_id = (SELECT id FROM insurers WHERE code = 'SELF') WHERE insurer_id IS NULL;
END $$;
