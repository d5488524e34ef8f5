-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM payouts WHERE state = 'open' FOR UPDATE LOOP
    UPDATE payouts SET meta = coalesce(meta, '{}') || '{"reviewed": true}' WHERE id = r.id;
  END LOOP;
END $$;
