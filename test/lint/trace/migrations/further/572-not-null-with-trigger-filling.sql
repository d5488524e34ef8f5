-- title: A trigger fills what the application does not know
-- classes: -breaks-old-code because the trigger fills it, which is silent where that is tried without rows
ALTER TABLE categories ADD COLUMN slug text;
CREATE FUNCTION fill_slug() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.slug := coalesce(NEW.slug, 'category-' || NEW.id); RETURN NEW; END $$;
CREATE TRIGGER categories_slug BEFORE INSERT ON categories FOR EACH ROW EXECUTE FUNCTION fill_slug();
UPDATE categories SET slug = 'category-' || id;
ALTER TABLE categories ALTER COLUMN slug SET NOT NULL;
