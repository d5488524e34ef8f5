-- schema: desk.sql
-- rows: desk-rows.sql
ALTER FUNCTION slugify(text) RENAME TO make_slug;
