-- title: A column for all tables, partitions among them
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN tenant_id bigint', name);
  END LOOP;
END $$;
