ALTER TABLE sessions ALTER COLUMN sid TYPE uuid USING sid::uuid;
