CREATE DOMAIN headline AS text;
ALTER TABLE docs ALTER COLUMN title TYPE headline;
