ALTER TABLE sessions ALTER COLUMN data TYPE text;
