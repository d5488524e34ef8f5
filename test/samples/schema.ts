/** Tables with constraints of all kinds, of which none is left empty. */
export const schema = `
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[a-z0-9._-]+@[a-z]+\\.[a-z]{2,}$');
CREATE DOMAIN positive AS integer NOT NULL CHECK (VALUE > 0);
CREATE DOMAIN code AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE TYPE address AS (street varchar(20), number positive, mood mood);
CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, slug varchar(12) NOT NULL UNIQUE, active boolean NOT NULL);
CREATE TABLE users (
  id serial PRIMARY KEY, tenant_id bigint NOT NULL REFERENCES tenants, email email NOT NULL, name varchar(200), bio text, mood mood, home address,
  tags text[], created_at timestamptz NOT NULL DEFAULT now(), balance numeric(12, 2), big bigint, current_team_id integer,
  UNIQUE (tenant_id, id), UNIQUE (tenant_id, email));
CREATE UNIQUE INDEX ON users (lower(email));
CREATE TABLE teams (id serial PRIMARY KEY, owner_id integer NOT NULL REFERENCES users, parent_id integer REFERENCES teams, name text NOT NULL CHECK (length(name) BETWEEN 3 AND 40));
ALTER TABLE users ADD FOREIGN KEY (current_team_id) REFERENCES teams;
CREATE TABLE profiles (user_id integer PRIMARY KEY REFERENCES users, website text CHECK (website LIKE 'https://%'), score smallint CHECK (score >= 0 AND score <= 100));
CREATE TABLE products (tenant_id bigint NOT NULL REFERENCES tenants, sku text NOT NULL CHECK (sku ~ '^[A-Z]{2}-[0-9]{4}$'), price numeric(8, 2) NOT NULL CHECK (price > 0),
  discount numeric(8, 2) CHECK (discount < price), currency code NOT NULL, PRIMARY KEY (tenant_id, sku));
CREATE TABLE orders (id uuid PRIMARY KEY, tenant_id bigint NOT NULL, user_id integer NOT NULL, sku text NOT NULL, quantity positive,
  status text NOT NULL CHECK (status IN ('open', 'paid', 'shipped')), paid_at timestamptz, total numeric GENERATED ALWAYS AS (quantity * 2) STORED,
  CHECK ((status = 'open') = (paid_at IS NULL)),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id), FOREIGN KEY (tenant_id, sku) REFERENCES products);
CREATE TABLE memberships (user_id integer REFERENCES users, team_id integer REFERENCES teams, role mood NOT NULL, PRIMARY KEY (user_id, team_id));
CREATE TABLE targets (id integer PRIMARY KEY, a_id integer REFERENCES users, b_id integer REFERENCES teams, CHECK (num_nonnulls(a_id, b_id) = 1));
CREATE TABLE bookings (id integer PRIMARY KEY, room integer NOT NULL, starts date NOT NULL, ends date NOT NULL, CHECK (ends > starts),
  EXCLUDE USING gist (daterange(starts, ends) WITH &&));
CREATE TABLE spans (during tsrange NOT NULL, EXCLUDE USING gist (during WITH &&));
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE listed (at date, kind text) PARTITION BY RANGE (at);
CREATE TABLE listed_2026 PARTITION OF listed FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (kind);
CREATE TABLE listed_2026_a PARTITION OF listed_2026 FOR VALUES IN ('a', 'b');
CREATE TABLE listed_2026_b PARTITION OF listed_2026 FOR VALUES IN (NULL, 'c');
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE TABLE hashed (id integer PRIMARY KEY, note text) PARTITION BY HASH (id);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE hashed_2 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE TABLE event_notes (event_id bigint NOT NULL, at date NOT NULL, FOREIGN KEY (event_id, at) REFERENCES events);
CREATE TABLE comments (id bigserial PRIMARY KEY, user_id integer, product text, data jsonb CHECK (jsonb_typeof(data) = 'object' AND data ? 'kind'), hash bytea CHECK (octet_length(hash) = 32));
CREATE INDEX ON comments (((data ->> 'kind')::text));
CREATE TABLE hand (id integer PRIMARY KEY, low integer, high integer, middle integer GENERATED ALWAYS AS (low + high) STORED, CHECK (low < high), CHECK (middle <> 7));
CREATE TABLE parent (id integer PRIMARY KEY, note text CHECK (note <> ''));
CREATE TABLE child (extra integer NOT NULL) INHERITS (parent);
CREATE TABLE flags (on_ boolean UNIQUE, mood mood PRIMARY KEY);
CREATE TABLE nothing ();
CREATE TABLE tree (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES tree, place integer NOT NULL, UNIQUE (parent, place));
CREATE TABLE audited (id smallserial PRIMARY KEY, note varchar(3) NOT NULL);
CREATE TABLE deferred (id integer PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, at timestamp(0), b bit(5), n numeric(3, 2) UNIQUE);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
CREATE TRIGGER never BEFORE INSERT ON audited FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER always BEFORE INSERT ON audited FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE audited ENABLE ALWAYS TRIGGER always;
`
