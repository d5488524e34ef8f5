-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE accounts ADD COLUMN slug text;
DO $$
DECLARE
  a record;
BEGIN
  FOR a IN SELECT id, name FROM accounts LOOP
    UPDATE accounts SET slug = slugify(a.name) || '-' || left(a.id::text, 8) WHERE id = a.id;
  END LOOP;
END $$;
ALTER TABLE accounts ALTER COLUMN slug SET NOT NULL;
CREATE UNIQUE INDEX ix_accounts_slug ON accounts (slug);
