-- title: No NULLs are left, but every row is read
ALTER TABLE users ALTER COLUMN phone SET NOT NULL;
