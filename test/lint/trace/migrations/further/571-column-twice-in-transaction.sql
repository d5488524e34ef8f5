-- title: Added, filled, required
ALTER TABLE categories ADD COLUMN slug text;
UPDATE categories SET slug = 'category-' || id;
ALTER TABLE categories ALTER COLUMN slug SET NOT NULL;
ALTER TABLE categories ADD CONSTRAINT categories_slug_key UNIQUE (slug);
