-- case: nothing changes in a database that has some of everything
-- from
CREATE SCHEMA app;
CREATE TYPE e AS ENUM ('a', 'b');
CREATE DOMAIN d AS varchar(3) CHECK (VALUE IN ('x', 'y'));
CREATE TYPE c AS (x d, y e[]);
CREATE TABLE t (a int PRIMARY KEY, b d DEFAULT 'x', e e, CHECK (b IN ('x', 'y')));
CREATE VIEW v AS SELECT * FROM t WHERE b IN ('x', 'y');
CREATE MATERIALIZED VIEW m AS SELECT a, count(*) FROM v GROUP BY a;
CREATE FUNCTION f(x int DEFAULT 1, VARIADIC y text[] DEFAULT '{}') RETURNS TABLE (p int, q text) LANGUAGE sql AS 'SELECT 1, $$x$$';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.b IN ('x', 'y')) EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE RULE r AS ON UPDATE TO t WHERE NEW.b IN ('x', 'z') DO INSTEAD NOTHING;
CREATE POLICY p ON t USING (b IN ('x', 'y'));
-- to
CREATE SCHEMA app;
CREATE TYPE e AS ENUM ('a', 'b');
CREATE DOMAIN d AS varchar(3) CHECK (VALUE IN ('x', 'y'));
CREATE TYPE c AS (x d, y e[]);
CREATE TABLE t (a int PRIMARY KEY, b d DEFAULT 'x', e e, CHECK (b IN ('x', 'y')));
CREATE VIEW v AS SELECT * FROM t WHERE b IN ('x', 'y');
CREATE MATERIALIZED VIEW m AS SELECT a, count(*) FROM v GROUP BY a;
CREATE FUNCTION f(x int DEFAULT 1, VARIADIC y text[] DEFAULT '{}') RETURNS TABLE (p int, q text) LANGUAGE sql AS 'SELECT 1, $$x$$';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.b IN ('x', 'y')) EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE RULE r AS ON UPDATE TO t WHERE NEW.b IN ('x', 'z') DO INSTEAD NOTHING;
CREATE POLICY p ON t USING (b IN ('x', 'y'));

-- case: a view's check option stays when the view is made again
-- from
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW w WITH (security_barrier) AS SELECT a FROM v WHERE a > 1 WITH CASCADED CHECK OPTION;
-- to
CREATE TABLE t (a bigint, b int);
CREATE VIEW v AS SELECT a FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW w WITH (security_barrier) AS SELECT a FROM v WHERE a > 1 WITH CASCADED CHECK OPTION;

-- case: a view keeps the security of who calls it when it is renamed and moved
-- since: 15
-- rename: v=app.w
-- from
CREATE SCHEMA app;
CREATE TABLE t (a int);
CREATE VIEW v WITH (security_invoker = true) AS SELECT a FROM t;
-- to
CREATE SCHEMA app;
CREATE TABLE t (a int);
CREATE VIEW app.w WITH (security_invoker = true) AS SELECT a FROM t;

-- case: column privileges on a table whose column is dropped and added
-- from
CREATE TABLE t (a int, b text);
GRANT SELECT (a, b) ON t TO pg_monitor;
-- to
CREATE TABLE t (a int, c text);
GRANT SELECT (a, c) ON t TO pg_monitor;

-- case: privileges on a view whose columns change
-- from
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
GRANT SELECT (a, b), UPDATE (b) ON v TO pg_monitor;
COMMENT ON COLUMN v.b IS 'b';
-- to
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a AS x, b FROM t;
GRANT SELECT (x, b), UPDATE (b) ON v TO pg_monitor;
COMMENT ON COLUMN v.b IS 'b';
COMMENT ON COLUMN v.x IS 'x';

-- case: a comment on a view's column comes, changes and goes
-- from
CREATE VIEW v AS SELECT 1 AS a, 2 AS b, 3 AS c;
COMMENT ON COLUMN v.a IS 'a';
COMMENT ON COLUMN v.b IS 'b';
-- to
CREATE VIEW v AS SELECT 1 AS a, 2 AS b, 3 AS c;
COMMENT ON COLUMN v.b IS 'bb';
COMMENT ON COLUMN v.c IS 'c';

-- case: a view over a sequence and a view over system catalogs
-- from
CREATE SEQUENCE s;
-- to
CREATE SEQUENCE s;
CREATE VIEW v AS SELECT last_value FROM s;
CREATE VIEW w AS SELECT relname, reltuples FROM pg_class WHERE relkind = 'r';
CREATE VIEW x AS SELECT nextval('s') AS n;

-- case: a sequence that a view reads becomes one of another type
-- from
CREATE SEQUENCE s AS int;
CREATE VIEW v AS SELECT last_value FROM s;
COMMENT ON SEQUENCE s IS 's';
-- to
CREATE SEQUENCE s AS bigint INCREMENT 5;
CREATE VIEW v AS SELECT last_value FROM s;
COMMENT ON SEQUENCE s IS 's';

-- case: a view unites what differs in type, and one of them changes
-- from
CREATE TABLE a (x int);
CREATE TABLE b (x int);
CREATE VIEW v AS SELECT x FROM a UNION ALL SELECT x FROM b;
-- to
CREATE TABLE a (x int);
CREATE TABLE b (x bigint);
CREATE VIEW v AS SELECT x FROM a UNION ALL SELECT x FROM b;

-- case: a column that a view joins by USING gets another name
-- rename: b.k=key
-- rename: a.k=key
-- from
CREATE TABLE a (k int, x int);
CREATE TABLE b (k int, y int);
CREATE VIEW v AS SELECT key, x, y FROM a AS a(key) JOIN b AS b(key) USING (key);
-- to
CREATE TABLE a (key int, x int);
CREATE TABLE b (key int, y int);
CREATE VIEW v AS SELECT key, x, y FROM a JOIN b USING (key);

-- case: a view whose table loses a column that it does not show
-- from
CREATE TABLE t (a int, b int, c int);
CREATE VIEW v AS SELECT a, c FROM t;
-- to
CREATE TABLE t (a int, c int);
CREATE VIEW v AS SELECT a, c FROM t;

-- case: a column is added to the table of a view that shows its rows as a whole
-- from
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT t AS r, t.a FROM t;
CREATE VIEW w AS SELECT (r).a AS a FROM v;
-- to
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT t AS r, t.a FROM t;
CREATE VIEW w AS SELECT (r).a AS a, (r).b AS b FROM v;

-- case: triggers with transition tables on tables that are made again in views
-- from
CREATE TABLE t (a int);
CREATE TABLE log (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log SELECT a FROM n; RETURN NULL; END';
CREATE TRIGGER g AFTER INSERT ON t REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION f();
-- to
CREATE TABLE t (a int);
CREATE TABLE log (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log SELECT a FROM o; RETURN NULL; END';
CREATE TRIGGER g AFTER DELETE ON t REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION f();

-- case: a trigger has another name
-- from
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER one AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON TRIGGER one ON t IS 'c';
-- to
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER two AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON TRIGGER two ON t IS 'c';

-- case: a policy has another name
-- from
CREATE TABLE t (a int);
CREATE POLICY one ON t USING (a > 0);
COMMENT ON POLICY one ON t IS 'c';
-- to
CREATE TABLE t (a int);
CREATE POLICY two ON t USING (a > 0);
COMMENT ON POLICY two ON t IS 'c';

-- case: a table with a trigger and a policy goes, and one of its name comes as a view
-- from
CREATE TABLE o (a int);
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE POLICY p ON t USING (a > 0);
COMMENT ON TABLE t IS 'a table';
GRANT SELECT ON t TO pg_monitor;
-- to
CREATE TABLE o (a int);
CREATE VIEW t AS SELECT a FROM o;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER g INSTEAD OF INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON VIEW t IS 'a view';
GRANT SELECT ON t TO pg_monitor;

-- case: an index takes the name of a view, and a sequence that of a table
-- from
CREATE TABLE t (a int);
CREATE VIEW x AS SELECT a FROM t;
CREATE TABLE y (a int);
-- to
CREATE TABLE t (a int);
CREATE INDEX x ON t (a);
CREATE SEQUENCE y;

-- case: a domain takes the name of a table, and a table that of a type
-- from
CREATE TABLE x (a int);
CREATE TYPE y AS ENUM ('a');
-- to
CREATE DOMAIN x AS int;
CREATE TABLE y (a int);

-- case: functions of one name with defaults that are told apart by types alone
-- from
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a bigint, b text) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE VIEW v AS SELECT f(1) AS x, f(1::bigint, 'y') AS y;
-- to
CREATE FUNCTION f(a int, b text DEFAULT 'z') RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(b bigint, c text) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE VIEW v AS SELECT f(1) AS x, f(1::bigint, 'y') AS y;

-- case: a function takes types with lengths, arrays, and types of other schemas
-- from
CREATE SCHEMA app;
CREATE TYPE app.e AS ENUM ('a');
-- to
CREATE SCHEMA app;
CREATE TYPE app.e AS ENUM ('a');
CREATE FUNCTION f(a varchar(5), b numeric(3,1)[], c app.e, d app.e[], e timestamp with time zone, f "char", g bit varying, h interval, i double precision) RETURNS app.e[] LANGUAGE sql AS $$SELECT NULL::app.e[]$$;
COMMENT ON FUNCTION f IS 'f';
CREATE FUNCTION app.g(app.e DEFAULT 'a', int[] DEFAULT '{1,2}'::int[], text DEFAULT NULL) RETURNS void LANGUAGE sql AS 'SELECT';
GRANT EXECUTE ON FUNCTION app.g TO pg_monitor;

-- case: functions that return a row of a table that changes its columns
-- from
CREATE TABLE t (a int, b int);
CREATE FUNCTION f() RETURNS t LANGUAGE sql AS 'SELECT * FROM t LIMIT 1';
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW v AS SELECT a, b FROM g();
-- to
CREATE TABLE t (a int, c text);
CREATE FUNCTION f() RETURNS t LANGUAGE sql AS 'SELECT * FROM t LIMIT 1';
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW v AS SELECT a, c FROM g();

-- case: a function's type by a column follows it
-- from
CREATE TABLE t (a int, b text);
CREATE FUNCTION f(t.a%TYPE) RETURNS t.b%TYPE LANGUAGE sql AS $$SELECT 'x'$$;
-- to
CREATE TABLE t (a bigint, b text);
CREATE FUNCTION f(t.a%TYPE) RETURNS t.b%TYPE LANGUAGE sql AS $$SELECT 'x'$$;

-- case: the default of a parameter calls a function that is made again
-- from
CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a bigint DEFAULT g()) RETURNS bigint LANGUAGE sql AS 'SELECT a';
CREATE PROCEDURE p(a bigint DEFAULT g()) LANGUAGE sql AS 'SELECT a';
COMMENT ON PROCEDURE p IS 'p';
CREATE TABLE t (a bigint DEFAULT f());
-- to
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION f(a bigint DEFAULT g()) RETURNS bigint LANGUAGE sql AS 'SELECT a';
CREATE PROCEDURE p(a bigint DEFAULT g()) LANGUAGE sql AS 'SELECT a';
COMMENT ON PROCEDURE p IS 'p';
CREATE TABLE t (a bigint DEFAULT f());

-- case: a domain's default and check call functions that are made again, and the domain is used
-- rows: INSERT INTO t VALUES (3)
-- same: SELECT a::int FROM t
-- from
CREATE FUNCTION g() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION h(a int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a > 0';
CREATE DOMAIN d AS bigint DEFAULT g() CONSTRAINT k CHECK (h(VALUE::int));
COMMENT ON CONSTRAINT k ON DOMAIN d IS 'k';
CREATE TABLE t (a d);
-- to
CREATE FUNCTION g() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2';
CREATE FUNCTION h(b int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT b > 0';
CREATE DOMAIN d AS bigint DEFAULT g() CONSTRAINT k CHECK (h(VALUE::int));
COMMENT ON CONSTRAINT k ON DOMAIN d IS 'k';
CREATE TABLE t (a d);

-- case: an exclusion constraint by an operator of a function that is made again
-- from
CREATE FUNCTION same(box, box) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 ~= $2';
CREATE TABLE t (a int4range, CONSTRAINT x EXCLUDE USING gist (a WITH &&));
CREATE OPERATOR ~~~ (LEFTARG = box, RIGHTARG = box, FUNCTION = same);
-- to
CREATE FUNCTION same(a box, b box) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 ~= $2';
CREATE TABLE t (a int4range, CONSTRAINT x EXCLUDE USING gist (a WITH &&) WHERE (lower(a) > 0));
CREATE OPERATOR ~~~ (LEFTARG = box, RIGHTARG = box, FUNCTION = same, COMMUTATOR = ~~~);

-- case: an identity's and a serial's sequences have comments and privileges
-- from
CREATE TABLE t (a serial, b int GENERATED ALWAYS AS IDENTITY);
-- to
CREATE TABLE t (a serial, b int GENERATED ALWAYS AS IDENTITY);
COMMENT ON SEQUENCE t_a_seq IS 'a';
GRANT USAGE ON SEQUENCE t_a_seq TO pg_monitor;

-- case: event triggers that are on all the time, with an owner
-- from
CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER one ON ddl_command_end EXECUTE FUNCTION e();
ALTER EVENT TRIGGER one ENABLE ALWAYS;
-- to
CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM 1; END';
CREATE EVENT TRIGGER one ON ddl_command_end EXECUTE FUNCTION e();
ALTER EVENT TRIGGER one ENABLE REPLICA;
CREATE EVENT TRIGGER "Two" ON sql_drop EXECUTE FUNCTION e();
CREATE TABLE t (a int);

-- case: everything goes
-- from
CREATE SCHEMA app;
CREATE EXTENSION citext;
CREATE TYPE app.e AS ENUM ('a');
CREATE DOMAIN app.d AS app.e;
CREATE TABLE app.t (a citext PRIMARY KEY, b app.d, c app.e DEFAULT 'a');
CREATE VIEW app.v AS SELECT a, c FROM app.t;
CREATE MATERIALIZED VIEW m AS SELECT a FROM app.v;
CREATE INDEX m_idx ON m (a);
CREATE FUNCTION app.f(app.t) RETURNS app.e LANGUAGE sql AS 'SELECT $1.c';
CREATE VIEW w AS SELECT app.f(t) AS f FROM app.t;
CREATE PUBLICATION p FOR TABLE app.t;
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION g();
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO pg_monitor;
CREATE STATISTICS app.s ON a, c FROM app.t;
CREATE TEXT SEARCH CONFIGURATION app.ts (COPY = simple);
GRANT SELECT ON app.v TO pg_monitor;
COMMENT ON VIEW app.v IS 'v';
-- to

-- case: everything comes, in another order than it needs
-- from
-- to
CREATE SCHEMA zzz;
CREATE TYPE zzz.e AS ENUM ('a', 'b');
CREATE TABLE zzz.t (id int PRIMARY KEY, e zzz.e DEFAULT 'b');
CREATE VIEW a_view AS SELECT * FROM zzz.t;
CREATE FUNCTION a_function(a_view) RETURNS int LANGUAGE sql STABLE AS 'SELECT $1.id';
CREATE TABLE a_table (x int, y int GENERATED BY DEFAULT AS IDENTITY, z zzz.e[] DEFAULT '{a}', FOREIGN KEY (x) REFERENCES zzz.t);
CREATE MATERIALIZED VIEW a_mview AS SELECT public.a_function(v) AS n FROM a_view v;
CREATE UNIQUE INDEX a_index ON a_mview (n);
CREATE VIEW a_a AS SELECT n FROM a_mview;
CREATE POLICY a_policy ON a_table USING (x IN (SELECT n FROM a_a));
CREATE FUNCTION a_trigger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN REFRESH MATERIALIZED VIEW a_mview; RETURN NULL; END';
CREATE TRIGGER a_trigger AFTER INSERT ON zzz.t EXECUTE FUNCTION a_trigger();
CREATE PUBLICATION a_publication FOR TABLE zzz.t, a_table;
COMMENT ON VIEW a_a IS 'a';
GRANT SELECT ON a_a TO pg_monitor;
ALTER TABLE a_table OWNER TO pg_monitor;

-- case: an operator goes whose commutator was never made
-- one way: what has only a name comes with the operator that names it.
-- from
CREATE FUNCTION like_each_other(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT lower($1) = lower($2)';
CREATE OPERATOR ~=~~ (FUNCTION = like_each_other, LEFTARG = text, RIGHTARG = text, COMMUTATOR = ~~=~);
-- to
CREATE FUNCTION like_each_other(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT lower($1) = lower($2)';

-- case: a publication of some columns comes back after one of them was gone
-- since: 15
-- from
CREATE TABLE readings (id bigint PRIMARY KEY, note text, value int);
CREATE PUBLICATION sent FOR TABLE readings (id, note);
-- to
CREATE TABLE readings (id bigint PRIMARY KEY, value int);
CREATE PUBLICATION sent FOR TABLE readings (id);

-- case: an event trigger that refuses everything takes the place of another, with a comment
-- from
CREATE FUNCTION refuse_all() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'not now'; END$$;
CREATE EVENT TRIGGER shut ON ddl_command_start EXECUTE FUNCTION refuse_all();
COMMENT ON EVENT TRIGGER shut IS 'closed';
-- to
CREATE FUNCTION refuse_more() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'never'; END$$;
CREATE EVENT TRIGGER closed ON ddl_command_start EXECUTE FUNCTION refuse_more();
COMMENT ON EVENT TRIGGER closed IS 'closed';

-- case: a function's text uses an operator that is made with it
-- from
-- to
CREATE FUNCTION zz_near(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1 - $2) < 3';
CREATE OPERATOR ~~# (FUNCTION = zz_near, LEFTARG = int, RIGHTARG = int);
CREATE FUNCTION aa_any_near(int[], int) RETURNS boolean LANGUAGE sql AS 'SELECT bool_or(one ~~# $2) FROM unnest($1) one';
