-- title: A constant costs nothing since PostgreSQL 11
ALTER TABLE users ADD COLUMN newsletter boolean NOT NULL DEFAULT false;
