-- case: schemas come and go with what is in them
-- from
CREATE SCHEMA old;
CREATE TABLE old.t (a int);
CREATE VIEW v AS SELECT a FROM old.t;
COMMENT ON SCHEMA old IS 'old';
-- to
CREATE SCHEMA new;
CREATE TABLE new.t (a int);
CREATE VIEW v AS SELECT a FROM new.t;
COMMENT ON SCHEMA new IS 'new';

-- case: a schema has another name that needs quotes
-- from
CREATE SCHEMA app;
CREATE TABLE app.t (a serial);
-- to
CREATE SCHEMA "My ""App""";
CREATE TABLE "My ""App""".t (a serial);

-- case: extensions come with what uses them
-- from
-- to
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE TABLE t (a citext, b hstore DEFAULT ''::hstore);
CREATE INDEX t_b_idx ON t USING gin (b);
COMMENT ON EXTENSION hstore IS 'pairs';
CREATE FUNCTION f(citext) RETURNS hstore LANGUAGE sql AS $$SELECT hstore('a', $1::text)$$;
CREATE VIEW v AS SELECT a FROM t WHERE a = 'X'::citext;

-- case: an extension is in another schema
-- from
CREATE SCHEMA ext;
CREATE EXTENSION citext;
-- to
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;

-- case: an extension that is used goes with what uses it
-- from
CREATE EXTENSION pg_trgm;
CREATE TABLE t (a text);
CREATE INDEX t_trgm ON t USING gin (a gin_trgm_ops);
CREATE VIEW v AS SELECT similarity(a, 'x') AS s FROM t;
-- to
CREATE TABLE t (a text);

-- case: an index and an exclusion by classes of extensions
-- from
CREATE EXTENSION btree_gist;
CREATE TABLE t (a int, b tsrange);
-- to
CREATE EXTENSION btree_gist;
CREATE TABLE t (a int, b tsrange, CONSTRAINT apart EXCLUDE USING gist (a WITH =, b WITH &&) WHERE (a > 0));
CREATE INDEX t_a_idx ON t USING gist (a);

-- case: extended statistics of all kinds
-- since: 14
-- from
CREATE TABLE t (a int, b int, c text);
CREATE STATISTICS s1 ON a, b FROM t;
CREATE STATISTICS s2 (dependencies) ON a, b FROM t;
COMMENT ON STATISTICS s2 IS 'two';
-- to
CREATE TABLE t (a int, b int, c text);
CREATE STATISTICS s1 ON a, b FROM t;
ALTER STATISTICS s1 SET STATISTICS 200;
CREATE STATISTICS s2 (dependencies, mcv) ON a, b FROM t;
CREATE STATISTICS s3 ON lower(c), (a + b) FROM t;
CREATE STATISTICS s4 ON (a % 10) FROM t;
COMMENT ON STATISTICS s2 IS 'two';

-- case: statistics in another schema, under another name, of a column that goes
-- from
CREATE SCHEMA app;
CREATE TABLE t (a int, b int, c int);
CREATE STATISTICS one ON a, b FROM t;
CREATE STATISTICS two ON b, c FROM t;
-- to
CREATE SCHEMA app;
CREATE TABLE t (a int, b int);
CREATE STATISTICS app."One" ON a, b FROM t;

-- case: publications of all forms
-- from
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE u (a int);
-- to
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE u (a int);
CREATE PUBLICATION p1 FOR TABLE t, u;
CREATE PUBLICATION p2 FOR ALL TABLES WITH (publish = 'insert, truncate', publish_via_partition_root = true);
CREATE PUBLICATION p3;
COMMENT ON PUBLICATION p1 IS 'one';
ALTER PUBLICATION p3 OWNER TO CURRENT_USER;

-- case: publications of rows, columns and schemas change
-- since: 15
-- from
CREATE SCHEMA app;
CREATE SCHEMA other;
CREATE TABLE t (a int PRIMARY KEY, b int, c int);
CREATE TABLE app.u (a int);
CREATE PUBLICATION p1 FOR TABLE t (a, b) WHERE (a > 0);
CREATE PUBLICATION p2 FOR TABLES IN SCHEMA app;
CREATE PUBLICATION p3 FOR TABLE t, TABLES IN SCHEMA app;
-- to
CREATE SCHEMA app;
CREATE SCHEMA other;
CREATE TABLE t (a int PRIMARY KEY, b int, c int);
CREATE TABLE app.u (a int);
CREATE PUBLICATION p1 FOR TABLE t (a, c) WHERE (a > 1 AND a < 5) WITH (publish = 'insert');
CREATE PUBLICATION p2 FOR TABLES IN SCHEMA other;
CREATE PUBLICATION p3 FOR ALL TABLES;

-- case: a published column gets another type, and one goes
-- since: 15
-- from
CREATE TABLE t (a int PRIMARY KEY, b int, c int);
CREATE PUBLICATION p FOR TABLE t (a, b) WHERE (b > 0 AND a > 0);
-- to
CREATE TABLE t (a int PRIMARY KEY, b bigint);
CREATE PUBLICATION p FOR TABLE t (a, b) WHERE (b > 0);

-- case: a published table goes
-- from
CREATE TABLE t (a int);
CREATE TABLE u (a int);
CREATE PUBLICATION p FOR TABLE t, u;
-- to
CREATE TABLE u (a int);
CREATE PUBLICATION p FOR TABLE u;

-- case: foreign data come as a whole
-- from
-- to
CREATE FOREIGN DATA WRAPPER w OPTIONS (debug 'true');
CREATE SERVER s TYPE 'pg' VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'h', dbname 'd''b');
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'u');
CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'v', password 'p=q');
CREATE FOREIGN TABLE f (a int OPTIONS (column_name 'A') NOT NULL, b text COLLATE "C" DEFAULT 'x', CHECK (a > 0)) SERVER s OPTIONS (schema_name 'x', table_name 'y');
COMMENT ON FOREIGN TABLE f IS 'far';
COMMENT ON COLUMN f.a IS 'a';
COMMENT ON SERVER s IS 'a server';
COMMENT ON FOREIGN DATA WRAPPER w IS 'a wrapper';
CREATE VIEW v AS SELECT a FROM f;
GRANT SELECT ON f TO pg_monitor;

-- case: foreign data change their options
-- from
CREATE FOREIGN DATA WRAPPER w OPTIONS (a '1', b '2');
CREATE SERVER s VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'h');
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'u', password 'p');
CREATE FOREIGN TABLE f (a int OPTIONS (c 'A'), b int) SERVER s OPTIONS (t 'x');
-- to
CREATE FOREIGN DATA WRAPPER w OPTIONS (a '2', c '3');
CREATE SERVER s VERSION '2' FOREIGN DATA WRAPPER w OPTIONS (port '5');
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'v');
CREATE FOREIGN TABLE f (a int OPTIONS (d 'A'), b int OPTIONS (c 'B')) SERVER s;

-- case: a foreign table has other columns, checks and comments
-- from
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE f (a int, b int, CONSTRAINT c CHECK (a > 0)) SERVER s;
COMMENT ON COLUMN f.b IS 'b';
CREATE VIEW v AS SELECT a FROM f;
GRANT SELECT (a) ON f TO pg_monitor;
-- to
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE f (a bigint NOT NULL, b int, d text, CONSTRAINT c CHECK (a > 1)) SERVER s;
COMMENT ON COLUMN f.b IS 'b';
CREATE VIEW v AS SELECT a FROM f;
GRANT SELECT (a) ON f TO pg_monitor;

-- case: a foreign table becomes a table
-- from
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE f (a int) SERVER s;
CREATE VIEW v AS SELECT a FROM f;
-- to
CREATE TABLE f (a int);
CREATE VIEW v AS SELECT a FROM f;

-- case: a foreign table has triggers and is a partition
-- from
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE TABLE p (a int, b text) PARTITION BY RANGE (a);
-- to
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE TABLE p (a int, b text) PARTITION BY RANGE (a);
CREATE FOREIGN TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10) SERVER s OPTIONS (t '1');
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON p1 FOR EACH ROW EXECUTE FUNCTION f();

-- case: text search comes as a whole, named as PostgreSQL's own
-- from
-- to
CREATE TEXT SEARCH DICTIONARY simple (TEMPLATE = simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION english (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION public.english ALTER MAPPING FOR asciiword, word WITH public.simple, english_stem;
COMMENT ON TEXT SEARCH DICTIONARY public.simple IS 'ours';
COMMENT ON TEXT SEARCH CONFIGURATION public.english IS 'ours too';
ALTER TEXT SEARCH CONFIGURATION public.english OWNER TO pg_monitor;
CREATE TABLE t (a text, b tsvector GENERATED ALWAYS AS (to_tsvector('public.english'::regconfig, a)) STORED);
CREATE INDEX t_b_idx ON t USING gin (b);

-- case: text search changes
-- from
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, LANGUAGE = english, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word, email WITH d, simple;
CREATE TABLE t (a text);
CREATE INDEX t_idx ON t USING gin (to_tsvector('c'::regconfig, a));
-- to
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, LANGUAGE = german);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word, url WITH simple, d;
CREATE TABLE t (a text);
CREATE INDEX t_idx ON t USING gin (to_tsvector('c'::regconfig, a));

-- case: a dictionary is of another template while a configuration and an index stand on it
-- from
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH d;
COMMENT ON TEXT SEARCH CONFIGURATION c IS 'c';
CREATE TABLE t (a text);
CREATE INDEX t_idx ON t USING gin (to_tsvector('c'::regconfig, a));
-- to
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, LANGUAGE = german);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH d;
COMMENT ON TEXT SEARCH CONFIGURATION c IS 'c';
CREATE TABLE t (a text);
CREATE INDEX t_idx ON t USING gin (to_tsvector('c'::regconfig, a));

-- case: a text search parser and template
-- from
-- to
CREATE TEXT SEARCH PARSER my (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH TEMPLATE mine (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = mine);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = my);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH d;
COMMENT ON TEXT SEARCH PARSER my IS 'p';
COMMENT ON TEXT SEARCH TEMPLATE mine IS 't';

-- case: operators with functions, and a view that uses one
-- from
-- to
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_less(pair, pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a < $2.a';
CREATE FUNCTION pair_more(pair, pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a > $2.a';
CREATE FUNCTION pair_not(pair) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW(-$1.a, -$1.b)::pair';
CREATE OPERATOR <<< (LEFTARG = pair, RIGHTARG = pair, FUNCTION = pair_less, COMMUTATOR = >>>, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR >>> (LEFTARG = pair, RIGHTARG = pair, FUNCTION = pair_more, COMMUTATOR = <<<);
CREATE OPERATOR !!! (RIGHTARG = pair, FUNCTION = pair_not);
COMMENT ON OPERATOR <<< (pair, pair) IS 'less';
COMMENT ON OPERATOR !!! (NONE, pair) IS 'not';
CREATE TABLE t (p pair, CONSTRAINT c CHECK (p <<< ROW(5, 5)::pair));
CREATE VIEW v AS SELECT !!! p AS n FROM t WHERE p >>> ROW(1, 1)::pair;

-- case: an operator calls another function, and has another estimate
-- from
CREATE FUNCTION f(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < $2';
CREATE FUNCTION g(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <= $2';
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = int, FUNCTION = f);
CREATE OPERATOR <<<< (LEFTARG = int, RIGHTARG = int, FUNCTION = f);
COMMENT ON OPERATOR <<< (int, int) IS 'less';
CREATE VIEW v AS SELECT 1 <<< 2 AS x;
-- to
CREATE FUNCTION f(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < $2';
CREATE FUNCTION g(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <= $2';
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = int, FUNCTION = g);
CREATE OPERATOR <<<< (LEFTARG = int, RIGHTARG = int, FUNCTION = f, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR <<< (int, int) IS 'less';
CREATE VIEW v AS SELECT 1 <<< 2 AS x;

-- case: an operator class with its own operators, and an index of it
-- from
-- to
CREATE FUNCTION abs_lt(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1) < abs($2)';
CREATE FUNCTION abs_le(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1) <= abs($2)';
CREATE FUNCTION abs_eq(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1) = abs($2)';
CREATE FUNCTION abs_ge(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1) >= abs($2)';
CREATE FUNCTION abs_gt(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1) > abs($2)';
CREATE FUNCTION abs_cmp(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp(abs($1), abs($2))';
CREATE OPERATOR |<| (LEFTARG = int, RIGHTARG = int, FUNCTION = abs_lt);
CREATE OPERATOR |<=| (LEFTARG = int, RIGHTARG = int, FUNCTION = abs_le);
CREATE OPERATOR |=| (LEFTARG = int, RIGHTARG = int, FUNCTION = abs_eq);
CREATE OPERATOR |>=| (LEFTARG = int, RIGHTARG = int, FUNCTION = abs_ge);
CREATE OPERATOR |>| (LEFTARG = int, RIGHTARG = int, FUNCTION = abs_gt);
CREATE OPERATOR CLASS abs_ops FOR TYPE int USING btree AS OPERATOR 1 |<|, OPERATOR 2 |<=|, OPERATOR 3 |=|, OPERATOR 4 |>=|, OPERATOR 5 |>|, FUNCTION 1 abs_cmp(int, int);
COMMENT ON OPERATOR CLASS abs_ops USING btree IS 'by size';
CREATE TABLE t (a int);
CREATE INDEX t_abs ON t (a abs_ops DESC);

-- case: casts of all kinds
-- from
-- to
CREATE TYPE e AS ENUM ('1', '2');
CREATE TYPE c AS (a int);
CREATE FUNCTION to_c(int) RETURNS c LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1)::c';
CREATE CAST (int AS c) WITH FUNCTION to_c(int) AS IMPLICIT;
CREATE CAST (varchar AS e) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (int AS c) IS 'made';
CREATE TABLE t (a c DEFAULT 5::c);

-- case: a cast's function changes its name and another its context
-- from
CREATE TYPE c AS (a int);
CREATE FUNCTION to_c(int) RETURNS c LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1)::c';
CREATE FUNCTION to_i(c) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE CAST (int AS c) WITH FUNCTION to_c(int);
CREATE CAST (c AS int) WITH FUNCTION to_i(c);
CREATE VIEW v AS SELECT 5::c AS c;
-- to
CREATE TYPE c AS (a int);
CREATE FUNCTION make_c(int) RETURNS c LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1)::c';
CREATE FUNCTION to_i(c) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE CAST (int AS c) WITH FUNCTION make_c(int);
CREATE CAST (c AS int) WITH FUNCTION to_i(c) AS ASSIGNMENT;
CREATE VIEW v AS SELECT 5::c AS c;

-- case: collations come with what uses them, one named as PostgreSQL's own
-- from
CREATE TABLE t (a text);
-- to
CREATE COLLATION mine FROM "C";
CREATE COLLATION "POSIX" (LOCALE = 'C');
COMMENT ON COLLATION mine IS 'mine';
CREATE TABLE t (a text COLLATE mine, b text COLLATE public."POSIX");
CREATE INDEX t_a_idx ON t (a COLLATE public."POSIX");
CREATE DOMAIN d AS text COLLATE mine;
CREATE VIEW v AS SELECT a COLLATE mine AS a FROM t;

-- case: a collation that nobody uses is of another locale, and ICU's
-- not embedded: it has no ICU
-- from
CREATE COLLATION c (LOCALE = 'C');
-- to
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'und', DETERMINISTIC = false);
COMMENT ON COLLATION c IS 'c';

-- case: a collation under a column is another
-- refused: which has rows
-- from
CREATE COLLATION c (LC_COLLATE = 'C', LC_CTYPE = 'C');
CREATE TABLE t (a text COLLATE c);
-- to
CREATE COLLATION c (LC_COLLATE = 'POSIX', LC_CTYPE = 'POSIX');
CREATE TABLE t (a text COLLATE c);

-- case: conversions
-- from
CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- to
CREATE DEFAULT CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE CONVERSION iso_8859_1_to_utf8 FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION public.iso_8859_1_to_utf8 IS 'mine';
ALTER CONVERSION public.iso_8859_1_to_utf8 OWNER TO pg_monitor;

-- case: languages of functions that are there
-- from
-- to
CREATE LANGUAGE other HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE FUNCTION f() RETURNS int LANGUAGE other AS 'BEGIN RETURN 1; END';
COMMENT ON LANGUAGE other IS 'other';

-- case: transforms
-- not embedded: it has no such functions
-- from
CREATE TYPE c AS (a int);
-- to
CREATE TYPE c AS (a int);
CREATE TRANSFORM FOR c LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
COMMENT ON TRANSFORM FOR c LANGUAGE sql IS 'through';

-- case: types named as PostgreSQL's own
-- from
CREATE TYPE box AS ENUM ('a', 'b');
CREATE TYPE path AS (a int);
CREATE DOMAIN date AS text;
CREATE TABLE t (x public.box DEFAULT 'a', y public.path, z public.date);
-- to
CREATE TYPE box AS ENUM ('a', 'b', 'c');
CREATE TYPE path AS (a int, b int);
CREATE DOMAIN date AS text DEFAULT 'x' CONSTRAINT c CHECK (VALUE <> '');
CREATE TABLE t (x public.box DEFAULT 'c', y public.path, z public.date);
COMMENT ON TYPE public.box IS 'box';
COMMENT ON TYPE public.path IS 'path';
COMMENT ON COLUMN public.path.b IS 'b';
COMMENT ON DOMAIN public.date IS 'date';
COMMENT ON CONSTRAINT c ON DOMAIN public.date IS 'c';
GRANT USAGE ON TYPE public.box TO pg_monitor;
ALTER DOMAIN public.date OWNER TO pg_monitor;

-- case: types named as PostgreSQL's own go
-- from
CREATE TYPE box AS ENUM ('a', 'b');
CREATE TYPE path AS (a int);
CREATE DOMAIN date AS text;
CREATE TYPE int4range AS RANGE (SUBTYPE = time);
CREATE FUNCTION f(public.box, public.path, public.date) RETURNS public.int4range LANGUAGE sql AS 'SELECT NULL::public.int4range';
-- to

-- case: large: a shop, half of which changes
-- rows: INSERT INTO customer VALUES (1, 'A', 'a@b', 'new'), (2, 'B', 'b@c', 'good'); INSERT INTO "order" VALUES (1, 1, 'open', now(), 10), (2, 2, 'sent', now(), 20)
-- same: SELECT o.id, c.name, o.state::text FROM "order" o JOIN customer c ON c.id = o.customer_id ORDER BY 1
-- from
CREATE TYPE standing AS ENUM ('new', 'good', 'bad');
CREATE TYPE order_state AS ENUM ('open', 'sent', 'lost');
CREATE DOMAIN money_amount AS numeric(10,2) CONSTRAINT not_negative CHECK (VALUE >= 0);
CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL, mail text, standing standing NOT NULL DEFAULT 'new');
CREATE TABLE "order" (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customer, state order_state NOT NULL DEFAULT 'open', at timestamptz NOT NULL DEFAULT now(), total money_amount);
CREATE INDEX order_customer_idx ON "order" (customer_id);
CREATE VIEW open_orders AS SELECT o.id, o.at, c.name FROM "order" o JOIN customer c ON c.id = o.customer_id WHERE o.state = 'open';
CREATE VIEW late_orders AS SELECT * FROM open_orders WHERE at < now() - interval '1 day';
CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(total) AS total FROM "order" GROUP BY customer_id;
CREATE UNIQUE INDEX totals_key ON totals (customer_id);
CREATE FUNCTION total_of(customer) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT total FROM totals WHERE customer_id = $1.id';
CREATE VIEW customers AS SELECT c.id, c.name, total_of(c) AS total FROM customer c;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.at := now(); RETURN NEW; END';
CREATE TRIGGER touch BEFORE UPDATE ON "order" FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION touch();
ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON customer USING (mail = CURRENT_USER);
GRANT SELECT ON open_orders, totals TO pg_monitor;
COMMENT ON VIEW late_orders IS 'to be sent';
COMMENT ON COLUMN customers.total IS 'of all orders';
-- to
CREATE TYPE standing AS ENUM ('new', 'good', 'best');
CREATE TYPE order_state AS ENUM ('draft', 'open', 'sent', 'lost');
CREATE DOMAIN money_amount AS numeric(10,2) DEFAULT 0 CONSTRAINT not_negative CHECK (VALUE >= 0) CONSTRAINT not_too_much CHECK (VALUE < 1000000);
CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL, mail text, standing standing NOT NULL DEFAULT 'new', born date);
CREATE TABLE "order" (id int PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE, state order_state NOT NULL DEFAULT 'draft', at timestamptz NOT NULL DEFAULT now(), total money_amount);
CREATE INDEX order_customer_idx ON "order" (customer_id);
CREATE VIEW open_orders AS SELECT o.id, c.name, o.at, o.state FROM "order" o JOIN customer c ON c.id = o.customer_id WHERE o.state IN ('draft', 'open');
CREATE VIEW late_orders AS SELECT * FROM open_orders WHERE at < now() - interval '1 day';
CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(total) AS total, count(*) AS n FROM "order" GROUP BY customer_id;
CREATE UNIQUE INDEX totals_key ON totals (customer_id);
CREATE FUNCTION total_of(customer) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT total FROM totals WHERE customer_id = $1.id';
CREATE VIEW customers AS SELECT c.id, c.name, total_of(c) AS total, c.born FROM customer c WHERE c.standing <> 'best';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS 'BEGIN NEW.at := now(); RETURN NEW; END';
CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON "order" FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON customer FOR SELECT USING (mail = CURRENT_USER OR standing = 'best');
GRANT SELECT ON open_orders, totals TO pg_monitor;
COMMENT ON VIEW late_orders IS 'to be sent';
COMMENT ON COLUMN customers.total IS 'of all orders';
