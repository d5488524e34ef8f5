-- case: a domain's base gets longer under columns, arrays and composite types
-- from
CREATE DOMAIN code AS varchar(5); CREATE TYPE pair AS (a code, b int);
CREATE TABLE t (id int, c code DEFAULT 'a', p text); CREATE INDEX i ON t (c); CREATE VIEW v AS SELECT c FROM t;
-- to
CREATE DOMAIN code AS varchar(5) CHECK (VALUE <> '') CHECK (length(VALUE) > 1); CREATE TYPE pair AS (a code, b bigint, c text);
CREATE TABLE t (id int, c code DEFAULT 'ab' NOT NULL, p text[]); CREATE INDEX i ON t (c, id); CREATE VIEW v AS SELECT c, p FROM t;

-- case: a function is used in a domain's check, a column's default, a generated column, an index, a policy and a view, and gives another type
-- from
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE t (a int DEFAULT f(1), g int GENERATED ALWAYS AS (f(a)) STORED, CHECK (f(a) > 0)); CREATE INDEX i ON t (f(a));
ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (f(a) = 1); CREATE VIEW v AS SELECT f(a) AS x FROM t;
CREATE MATERIALIZED VIEW m AS SELECT x FROM v; CREATE UNIQUE INDEX mi ON m (x);
CREATE DOMAIN d AS int CHECK (f(VALUE) > 0);
-- to
CREATE FUNCTION f(int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1::bigint';
CREATE TABLE t (a int DEFAULT f(1), g bigint GENERATED ALWAYS AS (f(a)) STORED, CHECK (f(a) > 0)); CREATE INDEX i ON t (f(a));
ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (f(a) = 1); CREATE VIEW v AS SELECT f(a) AS x FROM t;
CREATE MATERIALIZED VIEW m AS SELECT x FROM v; CREATE UNIQUE INDEX mi ON m (x);
CREATE DOMAIN d AS int CHECK (f(VALUE) > 0);

-- case: roles in privileges of all kinds of objects, with grant options
-- from
CREATE TABLE t (a int, b int); CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE e AS ENUM ('a'); CREATE SCHEMA x;
GRANT SELECT, INSERT (a) ON t TO pg_monitor; GRANT USAGE ON SEQUENCE s TO pg_monitor WITH GRANT OPTION; REVOKE ALL ON FUNCTION f() FROM PUBLIC;
-- to
CREATE TABLE t (a bigint, c int); CREATE SEQUENCE s AS int; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'; CREATE TYPE e AS ENUM ('b'); CREATE SCHEMA x;
GRANT SELECT (a, c), INSERT ON t TO pg_monitor WITH GRANT OPTION; GRANT SELECT ON SEQUENCE s TO PUBLIC; GRANT EXECUTE ON FUNCTION f() TO pg_monitor; REVOKE ALL ON FUNCTION f() FROM PUBLIC;
GRANT USAGE ON TYPE e TO pg_monitor; REVOKE USAGE ON TYPE e FROM PUBLIC; GRANT CREATE ON SCHEMA x TO pg_monitor;

-- case: default privileges of two schemas and of all
-- from
CREATE SCHEMA a; ALTER DEFAULT PRIVILEGES IN SCHEMA a GRANT SELECT ON TABLES TO pg_monitor; ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE TABLE a.t (i int);
-- to
CREATE SCHEMA a; CREATE SCHEMA b; ALTER DEFAULT PRIVILEGES IN SCHEMA a GRANT SELECT, INSERT ON TABLES TO pg_monitor; ALTER DEFAULT PRIVILEGES IN SCHEMA b GRANT USAGE ON SEQUENCES TO PUBLIC;
CREATE TABLE a.t (i int); CREATE TABLE b.t (i serial); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';

-- case: a shop's tables in one change, as a person would do it
-- from
CREATE TYPE status AS ENUM ('new', 'paid', 'sent');
CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE, name varchar(50), created timestamp DEFAULT now());
CREATE TABLE orders (id serial PRIMARY KEY, user_id int REFERENCES users (id), status status DEFAULT 'new', total numeric(10,2), note text);
CREATE INDEX orders_user ON orders (user_id); CREATE VIEW open_orders AS SELECT o.*, u.email FROM orders o JOIN users u ON u.id = o.user_id WHERE status = 'new';
-- to
CREATE TYPE status AS ENUM ('new', 'paid', 'packed', 'sent', 'lost');
CREATE TABLE users (id bigserial PRIMARY KEY, email text NOT NULL, name text NOT NULL DEFAULT '', created timestamptz NOT NULL DEFAULT now(), tags text[] NOT NULL DEFAULT '{}');
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE TABLE items (order_id bigint NOT NULL, line smallint, sku text COLLATE "C", PRIMARY KEY (order_id, line));
CREATE TABLE orders (id bigserial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE, status status NOT NULL DEFAULT 'new', total numeric(12,2) CHECK (total >= 0), paid boolean GENERATED ALWAYS AS (status = 'paid') STORED);
ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX orders_user ON orders (user_id, status) WHERE status <> 'sent'; CREATE VIEW open_orders AS SELECT o.*, u.email FROM orders o JOIN users u ON u.id = o.user_id WHERE status = 'new';

-- case: labels that come are used by a check, a partial index and a view that were there
-- from
CREATE TYPE s AS ENUM ('a', 'b'); CREATE TABLE t (id int, s s, CHECK (s <> 'b')); CREATE INDEX i ON t (id) WHERE s = 'a'; CREATE VIEW v AS SELECT id FROM t WHERE s = 'a';
CREATE FUNCTION f(s) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1 = 'a'$$;
-- to
CREATE TYPE s AS ENUM ('c', 'a', 'b'); CREATE TABLE t (id int, s s DEFAULT 'c', CHECK (s <> 'c')); CREATE INDEX i ON t (id) WHERE s = 'c'; CREATE VIEW v AS SELECT id FROM t WHERE s IN ('a', 'c');
CREATE FUNCTION f(s) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1 = 'c'$$;

-- case: two enums change their labels while a table of both is made and one goes
-- from
CREATE TYPE a AS ENUM ('x', 'y'); CREATE TYPE b AS ENUM ('x', 'y'); CREATE TABLE t (a a PRIMARY KEY, b b[] DEFAULT '{x}'); CREATE TABLE u (a a REFERENCES t);
-- to
CREATE TYPE a AS ENUM ('y', 'x'); CREATE TYPE b AS ENUM ('x'); CREATE TABLE t (a a PRIMARY KEY, b b[] DEFAULT '{x}'); CREATE TABLE w (a a REFERENCES t, b b);

-- case: triggers with WHEN on columns that change their types, and transition tables
-- from
CREATE TABLE t (id int, a int, b text); CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER a BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a AND NEW.b = 'x') EXECUTE FUNCTION g();
CREATE TRIGGER b AFTER INSERT ON t REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION g(); COMMENT ON TRIGGER a ON t IS 'a'; ALTER TABLE t DISABLE TRIGGER a;
-- to
CREATE TABLE t (id int, a bigint, b varchar(9)); CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE TRIGGER a BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a AND NEW.b = 'x') EXECUTE FUNCTION g();
CREATE TRIGGER b AFTER INSERT ON t REFERENCING NEW TABLE AS m FOR EACH STATEMENT EXECUTE FUNCTION g(); COMMENT ON TRIGGER a ON t IS 'a'; ALTER TABLE t DISABLE TRIGGER a;

-- case: a procedure and a function of one name, and a function that becomes an aggregate
-- from
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE f(text) LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION agg(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- to
CREATE PROCEDURE f(int) LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE AGGREGATE agg(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');

-- case: casts, operators, collations and text search go and come under tables and views
-- from
CREATE TYPE c AS (x int); CREATE FUNCTION to_int(c) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.x'; CREATE CAST (c AS int) WITH FUNCTION to_int(c) AS ASSIGNMENT;
CREATE COLLATION k FROM "C"; CREATE TABLE t (a text COLLATE k, b c); CREATE INDEX i ON t (a COLLATE "POSIX"); CREATE VIEW v AS SELECT b::int AS n, a FROM t ORDER BY a COLLATE k;
-- to
CREATE TYPE c AS (x int); CREATE FUNCTION to_int(c) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.x + 1'; CREATE CAST (c AS int) WITH FUNCTION to_int(c);
CREATE COLLATION k FROM "C"; CREATE COLLATION l FROM "POSIX"; CREATE TABLE t (a text COLLATE k, b c); CREATE INDEX i ON t (a COLLATE l); CREATE VIEW v AS SELECT b::int AS n, a FROM t ORDER BY a COLLATE l;

-- case: foreign tables and servers change with a view over them
-- from
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'a'); CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'u');
CREATE FOREIGN TABLE f (a int OPTIONS (n 'A'), b text) SERVER s OPTIONS (t 'x'); CREATE VIEW v AS SELECT a FROM f; GRANT SELECT ON f TO pg_monitor;
-- to
CREATE FOREIGN DATA WRAPPER w OPTIONS (o '1'); CREATE SERVER s VERSION '2' FOREIGN DATA WRAPPER w OPTIONS (host 'b', port '1'); CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'v', password 'p');
CREATE FOREIGN TABLE f (a bigint OPTIONS (n 'B'), c date NOT NULL, CHECK (a > 0)) SERVER s OPTIONS (u 'y'); CREATE VIEW v AS SELECT a, c FROM f; GRANT INSERT ON f TO pg_monitor;

-- case: an index is that of a replica identity and of a cluster, and is made anew
-- from
CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX i; ALTER TABLE t CLUSTER ON i;
-- to
CREATE TABLE t (a bigint NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX i ON t (a, b); ALTER TABLE t REPLICA IDENTITY USING INDEX i; ALTER TABLE t CLUSTER ON i;

-- case: a materialized view over a materialized view over a table that is replaced by a view
-- from
CREATE TABLE t (id int, n int); CREATE MATERIALIZED VIEW a AS SELECT id, n FROM t; CREATE UNIQUE INDEX ai ON a (id); CREATE MATERIALIZED VIEW b AS SELECT sum(n) AS n FROM a; GRANT SELECT ON b TO pg_monitor;
-- to
CREATE TABLE base (id int, m int); CREATE VIEW t AS SELECT id, m AS n FROM base; CREATE MATERIALIZED VIEW a AS SELECT id, n FROM t; CREATE UNIQUE INDEX ai ON a (id); CREATE MATERIALIZED VIEW b AS SELECT sum(n) AS n FROM a; GRANT SELECT ON b TO pg_monitor;

-- case: hash partitions become twice as many
-- from
CREATE TABLE p (id int, n int) PARTITION BY HASH (id); CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0); CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 1); CREATE INDEX i ON p (n);
-- to
CREATE TABLE p (id int, n bigint) PARTITION BY HASH (id); CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 0); CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE p2 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 2); CREATE TABLE p3 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 3); CREATE INDEX i ON p (n, id);

-- case: partitions exchange their bounds
-- from
CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TABLE a PARTITION OF p FOR VALUES IN (1); CREATE TABLE b PARTITION OF p FOR VALUES IN (2, 3); CREATE TABLE c PARTITION OF p DEFAULT;
-- to
CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TABLE a PARTITION OF p FOR VALUES IN (2); CREATE TABLE b PARTITION OF p DEFAULT; CREATE TABLE c PARTITION OF p FOR VALUES IN (1, 3);

-- case: a partition with triggers, keys, comments and privileges of its own becomes a table, and back
-- from
CREATE TABLE r (id int PRIMARY KEY); CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE TABLE p (id int NOT NULL, n int DEFAULT 5 CHECK (n > 0), PRIMARY KEY (id)) PARTITION BY RANGE (id); CREATE TABLE q PARTITION OF p FOR VALUES FROM (1) TO (9);
ALTER TABLE p ADD FOREIGN KEY (n) REFERENCES r; CREATE TRIGGER t AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION g(); CREATE TRIGGER u AFTER DELETE ON q FOR EACH ROW EXECUTE FUNCTION g();
COMMENT ON TABLE q IS 'q'; COMMENT ON COLUMN q.n IS 'n'; GRANT SELECT ON q TO pg_monitor; CREATE VIEW v AS SELECT id FROM q; CREATE INDEX qi ON q (n);
-- to
CREATE TABLE r (id int PRIMARY KEY); CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE TABLE p (id int NOT NULL, n int DEFAULT 5 CHECK (n > 0), PRIMARY KEY (id)) PARTITION BY RANGE (id); CREATE TABLE q (id int NOT NULL, n int DEFAULT 5);
ALTER TABLE p ADD FOREIGN KEY (n) REFERENCES r; CREATE TRIGGER t AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION g(); CREATE TRIGGER u AFTER DELETE ON q FOR EACH ROW EXECUTE FUNCTION g();
COMMENT ON TABLE q IS 'q'; COMMENT ON COLUMN q.n IS 'n'; GRANT SELECT ON q TO pg_monitor; CREATE VIEW v AS SELECT id FROM q; CREATE INDEX qi ON q (n);

-- case: a column is dropped that a view, a policy, a trigger, an index, a generated column and a default's function name
-- from
CREATE TABLE t (id int, x int, g int GENERATED ALWAYS AS (x * 2) STORED); CREATE VIEW v AS SELECT id, x FROM t; CREATE VIEW w AS SELECT x FROM v; ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (x > 0); CREATE INDEX i ON t (x); CREATE STATISTICS s ON id, x FROM t; CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER tr AFTER UPDATE OF x ON t FOR EACH ROW EXECUTE FUNCTION g();
-- to
CREATE TABLE t (id int, g int GENERATED ALWAYS AS (id * 2) STORED); CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT id AS x FROM v; ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (id > 0); CREATE INDEX i ON t (id); CREATE STATISTICS s ON id, g FROM t; CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER tr AFTER UPDATE OF id ON t FOR EACH ROW EXECUTE FUNCTION g();

-- case: extensions with their types in columns and indexes come
-- not embedded: the extension is not in this database
-- from
CREATE TABLE t (a text);
-- to
CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist;
CREATE TABLE t (a citext, h hstore, r int4range, n int, EXCLUDE USING gist (n WITH =, r WITH &&)); CREATE INDEX i ON t USING gin (h); CREATE INDEX j ON t USING gin ((a::text) gin_trgm_ops);

-- case: a text with an extension's type becomes a text without, and the extension goes
-- not embedded: the extension is not in this database
-- from
CREATE EXTENSION citext; CREATE EXTENSION hstore;
CREATE TABLE t (a citext UNIQUE, h hstore); CREATE VIEW v AS SELECT a FROM t;
-- to
CREATE EXTENSION hstore;
CREATE TABLE t (a text UNIQUE, h jsonb); CREATE VIEW v AS SELECT a FROM t;
