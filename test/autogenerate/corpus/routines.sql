-- case: functions come that call each other and name tables of the same change
-- from
-- to
CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE FUNCTION b_names() RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT name FROM users';
CREATE FUNCTION a_first() RETURNS text LANGUAGE sql STABLE AS 'SELECT n FROM b_names() n LIMIT 1';
CREATE FUNCTION c_user(int) RETURNS users LANGUAGE sql STABLE AS 'SELECT * FROM users WHERE id = $1';
CREATE FUNCTION d_loop(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN IF n = 0 THEN RETURN 0; END IF; RETURN d_loop(n - 1); END';

-- case: two functions call each other in turn
-- from
-- to
CREATE FUNCTION is_odd(n int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN n > 0 AND is_even(n - 1); END';
CREATE FUNCTION is_even(n int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN n = 0 OR is_odd(n - 1); END';

-- case: a function's body changes
-- from
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
COMMENT ON FUNCTION f(int) IS 'f';
CREATE VIEW v AS SELECT f(1) AS f;
-- to
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 1';
COMMENT ON FUNCTION f(int) IS 'f';
CREATE VIEW v AS SELECT f(1) AS f;

-- case: a function has other properties
-- from
CREATE FUNCTION f(a int) RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN NEXT a; END';
-- to
CREATE FUNCTION f(a int) RETURNS SETOF int LANGUAGE plpgsql IMMUTABLE STRICT LEAKPROOF SECURITY DEFINER PARALLEL SAFE COST 5 ROWS 7
  SET search_path = public, pg_temp SET work_mem = '8MB' SET timezone = 'UTC' SET statement_timeout = 0 AS 'BEGIN RETURN NEXT a; END';

-- case: a function loses its properties
-- from
CREATE FUNCTION f(a int) RETURNS SETOF int LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER PARALLEL RESTRICTED COST 5 ROWS 7
  SET search_path = '' AS 'BEGIN RETURN NEXT a; END';
-- to
CREATE FUNCTION f(a int) RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN NEXT a; END';

-- case: a function gives another type
-- from
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
COMMENT ON FUNCTION f(int) IS 'f';
GRANT EXECUTE ON FUNCTION f(int) TO pg_monitor;
REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC;
ALTER FUNCTION f(int) OWNER TO pg_monitor;
-- to
CREATE FUNCTION f(a int) RETURNS text LANGUAGE sql AS 'SELECT a::text';
COMMENT ON FUNCTION f(int) IS 'f';
GRANT EXECUTE ON FUNCTION f(int) TO pg_monitor;
REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC;
ALTER FUNCTION f(int) OWNER TO pg_monitor;

-- case: a function gives another type, under a default, a check, an index, a generated column, a policy, a trigger and a view
-- from
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a';
CREATE TABLE t (a int DEFAULT f(1), b int, c bigint GENERATED ALWAYS AS (f(b)) STORED, CONSTRAINT c CHECK (f(a) > 0));
CREATE INDEX t_f_idx ON t (f(b));
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (f(a) > 1);
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (f(NEW.a) > 0) EXECUTE FUNCTION g();
CREATE VIEW v AS SELECT f(a)::bigint AS f FROM t;
CREATE RULE r AS ON DELETE TO t WHERE f(OLD.a) > 5 DO INSTEAD NOTHING;
-- to
CREATE FUNCTION f(a int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT a::bigint';
CREATE TABLE t (a int DEFAULT f(1), b int, c bigint GENERATED ALWAYS AS (f(b)) STORED, CONSTRAINT c CHECK (f(a) > 0));
CREATE INDEX t_f_idx ON t (f(b));
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (f(a) > 1);
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (f(NEW.a) > 0) EXECUTE FUNCTION g();
CREATE VIEW v AS SELECT f(a)::bigint AS f FROM t;
CREATE RULE r AS ON DELETE TO t WHERE f(OLD.a) > 5 DO INSTEAD NOTHING;

-- case: a function comes with all that uses it
-- from
CREATE TABLE t (a int, b int);
-- to
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a';
CREATE TABLE t (a int DEFAULT f(1), b int, c bigint GENERATED ALWAYS AS (f(b)) STORED, CONSTRAINT c CHECK (f(a) > 0));
CREATE INDEX t_f_idx ON t (f(b));
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (f(a) > 1);
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (f(NEW.a) > 0) EXECUTE FUNCTION g();
CREATE VIEW v AS SELECT f(a)::bigint AS f FROM t;
CREATE RULE r AS ON DELETE TO t WHERE f(OLD.a) > 5 DO INSTEAD NOTHING;

-- case: overloads come and go
-- from
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 2';
COMMENT ON FUNCTION f(text) IS 'of text';
-- to
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(int, int) RETURNS int LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION f(VARIADIC text[]) RETURNS int LANGUAGE sql AS 'SELECT 4';
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 5';
COMMENT ON FUNCTION f() IS 'of nothing';

-- case: parameters get defaults, and other defaults
-- from
CREATE FUNCTION f(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT f(1, 2) AS f;
-- to
CREATE FUNCTION f(a int DEFAULT 3, b int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT f(1, 2) AS f;

-- case: a parameter loses its default under a view
-- from
CREATE FUNCTION f(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT f(1) AS f;
COMMENT ON VIEW v IS 'v';
-- to
CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT f(1, 1) AS f;
COMMENT ON VIEW v IS 'v';

-- case: a parameter has another name
-- from
CREATE FUNCTION f(a int, OUT b int) LANGUAGE sql AS 'SELECT a';
-- to
CREATE FUNCTION f(x int, OUT y int) LANGUAGE sql AS 'SELECT x';

-- case: a function gives a table, of other columns
-- from
CREATE FUNCTION f(a int) RETURNS TABLE (id int, name text) LANGUAGE sql AS $$SELECT a, 'x'$$;
CREATE VIEW v AS SELECT id FROM f(1);
-- to
CREATE FUNCTION f(a int) RETURNS TABLE (id int, name text, mail text) LANGUAGE sql AS $$SELECT a, 'x', 'y'$$;
CREATE VIEW v AS SELECT id FROM f(1);

-- case: parameters of all modes
-- from
-- to
CREATE FUNCTION f(IN a int, OUT b text, INOUT c numeric DEFAULT 1.5, VARIADIC d int[] DEFAULT '{1,2}') LANGUAGE plpgsql AS 'BEGIN END';
COMMENT ON FUNCTION f IS 'of all modes';
CREATE PROCEDURE p(IN a int, INOUT b text DEFAULT 'it''s', VARIADIC c text[] DEFAULT ARRAY['a', 'b']) LANGUAGE plpgsql AS 'BEGIN END';
COMMENT ON PROCEDURE p IS 'of all modes';

-- case: a procedure changes its body, and another its parameters
-- from
CREATE PROCEDURE p(a int) LANGUAGE plpgsql AS 'BEGIN RAISE NOTICE ''a''; END';
CREATE PROCEDURE q(a int) LANGUAGE plpgsql AS 'BEGIN END';
COMMENT ON PROCEDURE q(int) IS 'q';
-- to
CREATE PROCEDURE p(a int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS 'BEGIN RAISE NOTICE ''b''; COMMIT; END';
CREATE PROCEDURE q(a bigint) LANGUAGE plpgsql AS 'BEGIN END';
COMMENT ON PROCEDURE q(bigint) IS 'q';

-- case: a procedure of OUT parameters
-- since: 14
-- from
CREATE PROCEDURE p(OUT a int) LANGUAGE plpgsql AS 'BEGIN a := 1; END';
ALTER PROCEDURE p(OUT int) OWNER TO pg_monitor;
-- to
CREATE PROCEDURE p(OUT a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN a := 1; END';
ALTER PROCEDURE p(OUT int, OUT int) OWNER TO pg_monitor;
REVOKE ALL ON PROCEDURE p(OUT int, OUT int) FROM PUBLIC;

-- case: a function becomes a procedure
-- from
CREATE FUNCTION f(int) RETURNS void LANGUAGE sql AS 'SELECT';
COMMENT ON FUNCTION f(int) IS 'f';
-- to
CREATE PROCEDURE f(int) LANGUAGE sql AS 'SELECT';
COMMENT ON PROCEDURE f(int) IS 'p';

-- case: bodies of BEGIN ATOMIC name tables and functions
-- since: 14
-- from
CREATE TABLE t (a int, b text);
-- to
CREATE TABLE t (a int, b text, c int);
CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1;
CREATE FUNCTION two(x int DEFAULT one()) RETURNS int LANGUAGE sql BEGIN ATOMIC INSERT INTO t VALUES (x, 'a;b', one()); SELECT c FROM t WHERE a = x; END;
CREATE PROCEDURE three() LANGUAGE sql BEGIN ATOMIC DELETE FROM t; UPDATE t SET b = '"' WHERE c IN (1, 2); END;

-- case: a body of BEGIN ATOMIC stands on a column of another type, and on a view
-- since: 14
-- from
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a FROM t;
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(a) FROM v; END;
CREATE FUNCTION g() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT b FROM t WHERE a = 1; END;
CREATE VIEW w AS SELECT f() AS f;
-- to
CREATE TABLE t (a bigint, b text);
CREATE VIEW v AS SELECT a FROM t;
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(a) FROM v; END;
CREATE FUNCTION g() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT b FROM t WHERE a = 1; END;
CREATE VIEW w AS SELECT f() AS f;

-- case: a body of BEGIN ATOMIC becomes a text, and the other way round
-- since: 14
-- from
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1;
CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;

-- case: a function that a function of BEGIN ATOMIC calls gets another result
-- since: 14
-- from
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1;
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN f();
CREATE FUNCTION h() RETURNS bigint LANGUAGE sql RETURN g();
-- to
CREATE FUNCTION f() RETURNS smallint LANGUAGE sql RETURN 1::smallint;
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN f();
CREATE FUNCTION h() RETURNS bigint LANGUAGE sql RETURN g();

-- case: bodies with quotes, dollars and backslashes
-- from
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$SELECT 'a'$$;
-- to
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $body$SELECT 'it''s $$ $1 \n \\ "q" $function$ %s ${x} `'$body$;
CREATE FUNCTION g() RETURNS text LANGUAGE plpgsql AS $x$
-- a comment
BEGIN
  /* another */
  RETURN E'\t' || 'ü';
END
$x$;

-- case: a polymorphic function
-- from
CREATE FUNCTION f(anyelement, anyarray DEFAULT '{}'::int[]) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
-- to
CREATE FUNCTION f(anyelement, anyarray DEFAULT '{}'::int[]) RETURNS anyelement LANGUAGE sql AS 'SELECT $2[1]';
CREATE FUNCTION g(anyenum) RETURNS text LANGUAGE sql AS 'SELECT $1::text';

-- case: a function whose parameter is of a type that goes
-- from
CREATE TYPE old AS ENUM ('a');
CREATE FUNCTION f(old) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- to
CREATE TYPE new AS (a int);
CREATE FUNCTION f(new) RETURNS int LANGUAGE sql AS 'SELECT 1';

-- case: a function has another name, and all that uses it
-- from
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE TABLE t (a int DEFAULT f(1), CHECK (f(a) > 0));
CREATE VIEW v AS SELECT f(a) AS x FROM t;
COMMENT ON FUNCTION f(int) IS 'f';
-- to
CREATE FUNCTION renamed(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE TABLE t (a int DEFAULT renamed(1), CHECK (renamed(a) > 0));
CREATE VIEW v AS SELECT renamed(a) AS x FROM t;
COMMENT ON FUNCTION renamed(int) IS 'f';

-- case: an aggregate comes with its functions
-- from
-- to
CREATE FUNCTION step(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION done(int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE AGGREGATE total(int) (SFUNC = step, STYPE = int, FINALFUNC = done, INITCOND = '0', COMBINEFUNC = step, PARALLEL = SAFE);
COMMENT ON AGGREGATE total(int) IS 'all';
CREATE VIEW v AS SELECT total(x) AS t FROM generate_series(1, 3) x;

-- case: an aggregate changes, one in place and one anew, under a view
-- from
CREATE FUNCTION step(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION done(int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE AGGREGATE one(int) (SFUNC = step, STYPE = int, INITCOND = '0');
CREATE AGGREGATE two(int) (SFUNC = step, STYPE = int);
CREATE VIEW v AS SELECT one(x) AS a, two(x)::text AS b FROM generate_series(1, 3) x;
-- to
CREATE FUNCTION step(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION done(int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE AGGREGATE one(int) (SFUNC = step, STYPE = int, INITCOND = '1');
CREATE AGGREGATE two(int) (SFUNC = step, STYPE = int, FINALFUNC = done);
CREATE VIEW v AS SELECT one(x) AS a, two(x)::text AS b FROM generate_series(1, 3) x;

-- case: the function of an aggregate has other parameter names
-- from
CREATE FUNCTION step(s int, v int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s + v';
CREATE AGGREGATE total(int) (SFUNC = step, STYPE = int);
CREATE VIEW v AS SELECT total(x) AS t FROM generate_series(1, 3) x;
GRANT EXECUTE ON FUNCTION total(int) TO pg_monitor;
-- to
CREATE FUNCTION step(state int, value int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT state + value';
CREATE AGGREGATE total(int) (SFUNC = step, STYPE = int);
CREATE VIEW v AS SELECT total(x) AS t FROM generate_series(1, 3) x;
GRANT EXECUTE ON FUNCTION total(int) TO pg_monitor;

-- case: aggregates of ordered sets and of any arguments
-- from
-- to
CREATE AGGREGATE my_percentile(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE my_rank(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE my_count(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
COMMENT ON AGGREGATE my_rank(VARIADIC "any" ORDER BY VARIADIC "any") IS 'rank';
COMMENT ON AGGREGATE my_count(*) IS 'count';
ALTER AGGREGATE my_percentile(float8 ORDER BY anyelement) OWNER TO pg_monitor;

-- case: a function is in another schema, and another of its name stays
-- from
CREATE SCHEMA app;
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE VIEW v AS SELECT f(1) AS x;
-- to
CREATE SCHEMA app;
CREATE FUNCTION app.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE VIEW v AS SELECT app.f(1) AS x;

-- case: functions named as those of PostgreSQL are
-- from
CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
COMMENT ON FUNCTION public.lower(text) IS 'mine';
CREATE FUNCTION now() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (a int);
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION public.now();
-- to
CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1 || $1';
COMMENT ON FUNCTION public.lower(text) IS 'still mine';
REVOKE ALL ON FUNCTION public.lower(text) FROM PUBLIC;
CREATE FUNCTION now() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END';
ALTER FUNCTION public.now() OWNER TO pg_monitor;
CREATE TABLE t (a int);
CREATE TRIGGER g BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION public.now();

-- case: a view calls a function that looks into another view by its text
-- from
CREATE TABLE t (a int);
-- to
CREATE TABLE t (a int);
CREATE VIEW z AS SELECT a FROM t;
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM public.z';
CREATE VIEW a AS SELECT f() AS n;
CREATE MATERIALIZED VIEW m AS SELECT f() AS n;

-- case: a function's text names a table that goes and one that comes
-- from
CREATE TABLE old (a int);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM old';
-- to
CREATE TABLE new (b int, c int);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM new';

-- case: a table's default calls a function whose text names the table
-- from
-- to
CREATE TABLE t (a int);
CREATE FUNCTION next_a() RETURNS int LANGUAGE sql AS 'SELECT coalesce(max(a), 0) + 1 FROM t';
ALTER TABLE t ALTER a SET DEFAULT next_a();

-- case: a function takes a table's row, and the table's check calls it
-- from
-- to
CREATE TABLE t (a int, b int);
CREATE FUNCTION fine(t) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a > 0';
ALTER TABLE t ADD CONSTRAINT fine CHECK (fine(t.*));

-- case: functions that need quotes
-- from
CREATE SCHEMA "My App";
CREATE FUNCTION "My App"."Do it"("A b" int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- to
CREATE SCHEMA "My App";
CREATE FUNCTION "My App"."Do it"("A b" int DEFAULT 5) RETURNS int LANGUAGE sql SET "my.Setting" = 'x y' AS 'SELECT 2';
COMMENT ON FUNCTION "My App"."Do it"(int) IS 'it''s done';
CREATE VIEW v AS SELECT "My App"."Do it"() AS d;

-- case: a function that PUBLIC may not call any more
-- from
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION g() FROM PUBLIC;
-- to
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f() TO pg_monitor WITH GRANT OPTION;
CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 2';

-- case: a window function and one in C
-- not embedded: functions in C are not there under these names
-- from
-- to
CREATE FUNCTION my_row_number() RETURNS int8 LANGUAGE internal WINDOW IMMUTABLE STRICT AS 'window_row_number';
