-- title: now() is the same for all rows
ALTER TABLE docs ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
