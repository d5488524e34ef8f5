CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TYPE user_status AS ENUM ('active', 'inactive', 'deleted');
CREATE TABLE organizations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  is_default boolean NOT NULL DEFAULT false
);
CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email varchar(255) NOT NULL UNIQUE,
  name text,
  status user_status NOT NULL DEFAULT 'active',
  preferences jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
