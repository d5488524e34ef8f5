ALTER TABLE organizations ALTER COLUMN is_default DROP DEFAULT, ALTER COLUMN is_default TYPE integer USING is_default::integer,
  ALTER COLUMN is_default SET DEFAULT 0;
