DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY ARRAY['title', 'body'] LOOP
    EXECUTE format('ALTER TABLE docs RENAME COLUMN %I TO %I', name, 'doc_' || name);
  END LOOP;
END $$;
