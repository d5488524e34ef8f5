-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
ALTER TABLE appointments ADD COLUMN duration_minutes integer;
DO $$
DECLARE
  changed integer;
BEGIN
  LOOP
    UPDATE appointments SET duration_minutes = extract(epoch FROM ends_at - starts_at) / 60
    WHERE id IN (SELECT id FROM appointments WHERE duration_minutes IS NULL LIMIT 500);
    GET DIAGNOSTICS changed = ROW_COUNT;
    COMMIT;
    EXIT WHEN changed = 0;
  END LOOP;
END $$;
