DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY ARRAY['orders', 'docs', 'settings'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS tenant_id bigint NOT NULL DEFAULT 0', name);
  END LOOP;
END $$;
