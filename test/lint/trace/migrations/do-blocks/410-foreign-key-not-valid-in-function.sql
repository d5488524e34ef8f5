CREATE FUNCTION pg_temp.add_fk(t text, c text, r text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (%I) REFERENCES %I (id) NOT VALID', t, t || '_' || c || '_fkey', c, r);
END $$;
SELECT pg_temp.add_fk('docs', 'owner_id', 'users');
