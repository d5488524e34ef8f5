-- title: ADD CONSTRAINT IF NOT EXISTS as one writes it
DO $$
BEGIN
  ALTER TABLE docs ADD CONSTRAINT docs_title_not_empty CHECK (title <> '');
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
