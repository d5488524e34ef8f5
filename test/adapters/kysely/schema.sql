CREATE SCHEMA shop;
CREATE TYPE state AS ENUM ('new', 'it''s "old"');
CREATE DOMAIN positive AS integer NOT NULL CHECK (VALUE > 0);
CREATE DOMAIN known AS text DEFAULT 'nobody';

CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email varchar(255) NOT NULL UNIQUE,
  lower_email text GENERATED ALWAYS AS (lower(email)) STORED,
  state state NOT NULL DEFAULT 'new',
  created_at timestamptz NOT NULL DEFAULT now(),
  name text
);
COMMENT ON COLUMN users.name IS E'As they want to be called. */\nNull where nobody has asked.';

CREATE TABLE shop."all values" (
  id serial PRIMARY KEY,
  i2 smallint NOT NULL, i8 bigint NOT NULL, o oid NOT NULL, f4 real NOT NULL, f8 double precision NOT NULL,
  n numeric(12, 2) NOT NULL, b boolean NOT NULL, t text NOT NULL, u uuid NOT NULL, m money NOT NULL,
  d date NOT NULL, ts timestamp NOT NULL, tz timestamptz NOT NULL, ti time NOT NULL, iv interval NOT NULL,
  j json NOT NULL, jb jsonb NOT NULL, by bytea NOT NULL, p point NOT NULL, ci circle NOT NULL, r int4range NOT NULL,
  ip inet NOT NULL, po positive, k known NOT NULL, x xml NOT NULL,
  ai integer[] NOT NULL, ai8 bigint[] NOT NULL, an numeric[] NOT NULL, af8 double precision[] NOT NULL, ab boolean[] NOT NULL,
  at text[] NOT NULL DEFAULT '{}', au uuid[] NOT NULL, ad date[] NOT NULL, atz timestamptz[] NOT NULL, aj jsonb[] NOT NULL,
  aby bytea[] NOT NULL, aiv interval[] NOT NULL, am money[] NOT NULL, ap point[] NOT NULL, aip inet[] NOT NULL,
  ast state[] NOT NULL, ar int4range[] NOT NULL, ax xml[] NOT NULL, aci circle[] NOT NULL
);

CREATE VIEW people AS SELECT id, name FROM users;
CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
