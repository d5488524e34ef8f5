-- case: public is not there
-- from
DROP SCHEMA public; CREATE SCHEMA app;
CREATE TABLE app.t (a int);
CREATE VIEW app.v AS SELECT a FROM app.t;
-- to
DROP SCHEMA public; CREATE SCHEMA app;
CREATE TABLE app.t (a bigint, b text);
CREATE VIEW app.v AS SELECT a, b FROM app.t;
CREATE TYPE app.e AS ENUM ('a');

-- case: public comes
-- from
DROP SCHEMA public;
-- to
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;

-- case: a schema called null
-- from
DROP SCHEMA public; CREATE SCHEMA "null";
CREATE TABLE "null".t (a int);
-- to
DROP SCHEMA public; CREATE SCHEMA "null";
CREATE TABLE "null".t (a int, b int);
CREATE INDEX i ON "null".t (b);

-- case: a chain from a type through a function, a table and views to a policy
-- from
CREATE TYPE c AS (x int, y int);
CREATE FUNCTION make(int) RETURNS c LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, $1)::public.c';
CREATE VIEW v1 AS SELECT (make(1)).x AS x;
CREATE VIEW v2 AS SELECT x FROM v1;
CREATE MATERIALIZED VIEW m AS SELECT x FROM v2;
CREATE INDEX m_idx ON m (x);
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT sum(x) FROM m';
CREATE TABLE t (a int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (a IN (SELECT x FROM m));
COMMENT ON POLICY p ON t IS 'p';
COMMENT ON COLUMN m.x IS 'x';
GRANT SELECT ON v2 TO pg_monitor WITH GRANT OPTION;
-- to
CREATE TYPE c AS (x bigint, y int);
CREATE FUNCTION make(int) RETURNS c LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, $1)::public.c';
CREATE VIEW v1 AS SELECT (make(1)).x AS x;
CREATE VIEW v2 AS SELECT x FROM v1;
CREATE MATERIALIZED VIEW m AS SELECT x FROM v2;
CREATE INDEX m_idx ON m (x);
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT sum(x) FROM m';
CREATE TABLE t (a int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (a IN (SELECT x FROM m));
COMMENT ON POLICY p ON t IS 'p';
COMMENT ON COLUMN m.x IS 'x';
GRANT SELECT ON v2 TO pg_monitor WITH GRANT OPTION;

-- case: a function in a chain of functions, operators, aggregates and views gets another result
-- from
CREATE FUNCTION f(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE OPERATOR |+| (LEFTARG = int, RIGHTARG = int, FUNCTION = f);
CREATE AGGREGATE total(int) (SFUNC = f, STYPE = int, SORTOP = <);
CREATE VIEW v AS SELECT 1 |+| 2 AS a, total(x) AS b FROM generate_series(1, 3) x;
CREATE VIEW w AS SELECT a FROM v;
COMMENT ON OPERATOR |+| (int, int) IS 'plus';
COMMENT ON AGGREGATE total(int) IS 'total';
ALTER OPERATOR |+| (int, int) OWNER TO pg_monitor;
-- to
CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE OPERATOR |+| (LEFTARG = int, RIGHTARG = int, FUNCTION = f);
CREATE AGGREGATE total(int) (SFUNC = f, STYPE = int, SORTOP = <);
CREATE VIEW v AS SELECT 1 |+| 2 AS a, total(x) AS b FROM generate_series(1, 3) x;
CREATE VIEW w AS SELECT a FROM v;
COMMENT ON OPERATOR |+| (int, int) IS 'plus';
COMMENT ON AGGREGATE total(int) IS 'total';
ALTER OPERATOR |+| (int, int) OWNER TO pg_monitor;

-- case: an operator class's function changes under an index
-- from
CREATE FUNCTION cmp(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($1, $2)';
CREATE OPERATOR CLASS ops FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 cmp(int, int);
CREATE TABLE t (a int);
CREATE INDEX t_idx ON t (a ops);
COMMENT ON INDEX t_idx IS 'i';
-- to
CREATE FUNCTION cmp(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($1, $2)';
CREATE OPERATOR CLASS ops FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 cmp(int, int);
CREATE TABLE t (a int);
CREATE INDEX t_idx ON t (a ops);
COMMENT ON INDEX t_idx IS 'i';

-- case: a trigger function in use becomes one of another language, and its row type changes
-- from
CREATE TABLE t (a int, b int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.b := 1; RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE FUNCTION of_row(t) RETURNS int LANGUAGE sql AS 'SELECT $1.b';
CREATE VIEW v AS SELECT of_row(t) AS x FROM t;
-- to
CREATE TABLE t (a int, c text);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.c := 1; RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE FUNCTION of_row(t) RETURNS text LANGUAGE sql AS 'SELECT $1.c';
CREATE VIEW v AS SELECT of_row(t) AS x FROM t;

-- case: a view over a view over functions that give sets of it
-- from
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
CREATE FUNCTION all_v() RETURNS SETOF v LANGUAGE sql STABLE AS 'SELECT * FROM v';
CREATE VIEW w AS SELECT a FROM all_v();
COMMENT ON FUNCTION all_v() IS 'all';
-- to
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT b, a FROM t;
CREATE FUNCTION all_v() RETURNS SETOF v LANGUAGE sql STABLE AS 'SELECT * FROM v';
CREATE VIEW w AS SELECT a FROM all_v();
COMMENT ON FUNCTION all_v() IS 'all';

-- case: inherited tables get a column of another type under views of each
-- rows: INSERT INTO c VALUES (1, 2)
-- same: SELECT a::text, z FROM c
-- from
CREATE TABLE p (a int);
CREATE TABLE c (z int) INHERITS (p);
CREATE TABLE cc () INHERITS (c);
CREATE VIEW vp AS SELECT a FROM p;
CREATE VIEW vc AS SELECT a, z FROM c;
CREATE VIEW vcc AS SELECT a FROM cc;
CREATE MATERIALIZED VIEW m AS SELECT a FROM vcc;
CREATE INDEX m_idx ON m (a);
-- to
CREATE TABLE p (a bigint);
CREATE TABLE c (z int) INHERITS (p);
CREATE TABLE cc () INHERITS (c);
CREATE VIEW vp AS SELECT a FROM p;
CREATE VIEW vc AS SELECT a, z FROM c;
CREATE VIEW vcc AS SELECT a FROM cc;
CREATE MATERIALIZED VIEW m AS SELECT a FROM vcc;
CREATE INDEX m_idx ON m (a);

-- case: partitions have views, a policy and a trigger of their own while a column gets another type
-- from
CREATE TABLE p (a int, b int) PARTITION BY LIST (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE VIEW v1 AS SELECT a FROM p1;
ALTER TABLE p1 ENABLE ROW LEVEL SECURITY;
CREATE POLICY x ON p1 USING (a > 0);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE UPDATE ON p1 FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f();
-- to
CREATE TABLE p (a bigint, b int) PARTITION BY LIST (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE VIEW v1 AS SELECT a FROM p1;
ALTER TABLE p1 ENABLE ROW LEVEL SECURITY;
CREATE POLICY x ON p1 USING (a > 0);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE UPDATE ON p1 FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f();

-- case: an enum of an inherited column is replaced under views
-- rows: INSERT INTO c VALUES ('a'), ('b')
-- same: SELECT e::text FROM c ORDER BY 1
-- from
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE p (e e DEFAULT 'a');
CREATE TABLE c () INHERITS (p);
CREATE VIEW v AS SELECT e FROM c WHERE e = 'a';
CREATE INDEX c_idx ON c (e) WHERE e > 'a';
CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1';
CREATE VIEW w AS SELECT f(e) AS f FROM v;
-- to
CREATE TYPE e AS ENUM ('b', 'a');
CREATE TABLE p (e e DEFAULT 'b');
CREATE TABLE c () INHERITS (p);
CREATE VIEW v AS SELECT e FROM c WHERE e = 'a';
CREATE INDEX c_idx ON c (e) WHERE e > 'b';
CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1';
CREATE VIEW w AS SELECT f(e) AS f FROM v;

-- case: an enum that a foreign key and a primary key are of is replaced
-- rows: INSERT INTO a VALUES ('x'), ('y'); INSERT INTO b VALUES ('x')
-- same: SELECT k::text FROM b
-- from
CREATE TYPE e AS ENUM ('x', 'y', 'z');
CREATE TABLE a (k e PRIMARY KEY);
CREATE TABLE b (k e REFERENCES a);
-- to
CREATE TYPE e AS ENUM ('y', 'x');
CREATE TABLE a (k e PRIMARY KEY);
CREATE TABLE b (k e REFERENCES a);

-- case: an enum that is the owner's and used through a domain that nobody uses
-- from
CREATE TYPE e AS ENUM ('x', 'y', 'z');
CREATE DOMAIN d AS e DEFAULT 'x' CONSTRAINT c CHECK (VALUE <> 'z');
COMMENT ON CONSTRAINT c ON DOMAIN d IS 'no z';
CREATE FUNCTION f(d) RETURNS d LANGUAGE sql AS 'SELECT $1';
CREATE TABLE t (a e);
-- to
CREATE TYPE e AS ENUM ('y', 'x');
CREATE DOMAIN d AS e DEFAULT 'y' CONSTRAINT c CHECK (VALUE <> 'x');
COMMENT ON CONSTRAINT c ON DOMAIN d IS 'no z';
CREATE FUNCTION f(d) RETURNS d LANGUAGE sql AS 'SELECT $1';
CREATE TABLE t (a e);

-- case: labels come in two enums that use each other's labels in a function of the same revision
-- since: 14
-- from
CREATE TYPE e1 AS ENUM ('a');
CREATE TYPE e2 AS ENUM ('b');
CREATE TABLE t (x e1, y e2);
-- to
CREATE TYPE e1 AS ENUM ('a', 'c');
CREATE TYPE e2 AS ENUM ('b', 'd');
CREATE TABLE t (x e1 DEFAULT 'c', y e2 DEFAULT 'd', CONSTRAINT k CHECK (x <> 'c' OR y <> 'd'));
CREATE FUNCTION f() RETURNS boolean LANGUAGE sql BEGIN ATOMIC SELECT 'c'::e1 IS NOT NULL AND 'd'::e2 IS NOT NULL; END;
CREATE VIEW v AS SELECT 'c'::e1 AS c, 'd'::e2 AS d;

-- case: views, a materialized view and a function are renamed in one go, on each other
-- from
CREATE TABLE t (a int);
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE VIEW v AS SELECT f(a) AS a FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a FROM v;
CREATE UNIQUE INDEX m_a_idx ON m (a);
CREATE VIEW last AS SELECT a FROM m;
-- to
CREATE TABLE t (a int);
CREATE FUNCTION new_f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE VIEW new_v AS SELECT new_f(a) AS a FROM t;
CREATE MATERIALIZED VIEW new_m AS SELECT a FROM new_v;
CREATE UNIQUE INDEX new_m_a_idx ON new_m (a);
CREATE VIEW last AS SELECT a FROM new_m;

-- case: a renaming that is told while the view's query changes
-- rename: v=renamed
-- from
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v;
COMMENT ON VIEW v IS 'v';
-- to
CREATE TABLE t (a int, b int);
CREATE VIEW renamed AS SELECT b, a FROM t;
CREATE VIEW w AS SELECT a FROM renamed;
COMMENT ON VIEW renamed IS 'v';

-- case: a function that is renamed, told, gets another body
-- rename: f(integer)=g(integer)
-- from
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a int DEFAULT f(1));
-- to
CREATE FUNCTION g(int) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE TABLE t (a int DEFAULT g(1));

-- case: a table is renamed under a view, a function of its rows and a policy
-- rename: t=renamed
-- from
CREATE TABLE t (a int PRIMARY KEY);
CREATE VIEW v AS SELECT a FROM t;
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT $1.a';
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (a > 0);
COMMENT ON TABLE t IS 't';
-- to
CREATE TABLE renamed (a int CONSTRAINT t_pkey PRIMARY KEY);
CREATE VIEW v AS SELECT a FROM renamed;
CREATE FUNCTION f(renamed) RETURNS int LANGUAGE sql AS 'SELECT $1.a';
ALTER TABLE renamed ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON renamed USING (a > 0);
COMMENT ON TABLE renamed IS 't';

-- case: all objects have names that need quotes, in a schema that does too
-- from
-- to
CREATE SCHEMA "S.s";
CREATE TYPE "S.s"."E e" AS ENUM ('a''b', 'c"d');
CREATE DOMAIN "S.s"."D d" AS "S.s"."E e" CONSTRAINT "C c" CHECK (VALUE <> 'c"d');
CREATE TABLE "S.s"."T t" ("I i" int CONSTRAINT "P p" PRIMARY KEY, "E e" "S.s"."E e" DEFAULT 'a''b', "D d" "S.s"."D d"[]);
CREATE INDEX "X x" ON "S.s"."T t" ("E e") WHERE "I i" > 0;
CREATE VIEW "S.s"."V v" WITH (security_barrier) AS SELECT "I i", "E e" AS "select" FROM "S.s"."T t";
CREATE MATERIALIZED VIEW "S.s"."M m" AS SELECT "select" FROM "S.s"."V v";
CREATE UNIQUE INDEX "MX" ON "S.s"."M m" ("select");
CREATE FUNCTION "S.s"."F f"("A a" "S.s"."E e" DEFAULT 'a''b', OUT "O o" int) LANGUAGE plpgsql AS $$BEGIN END$$;
CREATE TRIGGER "G g" INSTEAD OF INSERT ON "S.s"."V v" FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
ALTER TABLE "S.s"."T t" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Y y" ON "S.s"."T t" USING ("I i" > 0);
CREATE RULE "R r" AS ON DELETE TO "S.s"."T t" DO INSTEAD NOTHING;
CREATE STATISTICS "S.s"."Z z" ON "I i", "E e" FROM "S.s"."T t";
CREATE SEQUENCE "S.s"."Q q" OWNED BY "S.s"."T t"."I i";
CREATE OPERATOR "S.s".@@@ (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl);
COMMENT ON CONSTRAINT "C c" ON DOMAIN "S.s"."D d" IS 'c';
COMMENT ON COLUMN "S.s"."M m"."select" IS 's';
COMMENT ON POLICY "Y y" ON "S.s"."T t" IS 'y';
COMMENT ON RULE "R r" ON "S.s"."T t" IS 'r';
COMMENT ON TRIGGER "G g" ON "S.s"."V v" IS 'g';
COMMENT ON STATISTICS "S.s"."Z z" IS 'z';
COMMENT ON OPERATOR "S.s".@@@ (int, int) IS 'o';
GRANT SELECT ("I i") ON "S.s"."V v" TO PUBLIC;
ALTER FUNCTION "S.s"."F f"("S.s"."E e") OWNER TO pg_monitor;

-- case: everything of one name in three schemas changes in one alone
-- from
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TYPE a.e AS ENUM ('x'); CREATE TYPE b.e AS ENUM ('x'); CREATE TYPE e AS ENUM ('x');
CREATE TABLE a.t (e a.e); CREATE TABLE b.t (e b.e); CREATE TABLE t (e e);
CREATE VIEW a.v AS SELECT e FROM a.t; CREATE VIEW b.v AS SELECT e FROM b.t; CREATE VIEW v AS SELECT e FROM t;
CREATE FUNCTION a.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION b.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE INDEX i ON a.t (e); CREATE INDEX i ON b.t (e); CREATE INDEX i ON t (e);
-- to
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TYPE a.e AS ENUM ('x'); CREATE TYPE b.e AS ENUM ('y'); CREATE TYPE e AS ENUM ('x');
CREATE TABLE a.t (e a.e); CREATE TABLE b.t (e b.e); CREATE TABLE t (e e);
CREATE VIEW a.v AS SELECT e FROM a.t; CREATE VIEW b.v AS SELECT 1 AS n, e FROM b.t; CREATE VIEW v AS SELECT e FROM t;
CREATE FUNCTION a.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION b.f() RETURNS text LANGUAGE sql AS $$SELECT 'x'$$; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE INDEX i ON a.t (e); CREATE UNIQUE INDEX i ON b.t (e); CREATE INDEX i ON t (e);

-- case: text that PostgreSQL prints otherwise once it has read it again, everywhere
-- since: 14
-- from
CREATE TABLE t (a varchar(5), b char(3), c text, d date, n numeric);
-- to
CREATE FUNCTION one_of(v varchar DEFAULT 'a') RETURNS boolean LANGUAGE sql IMMUTABLE RETURN v IN ('a', 'b');
CREATE DOMAIN d AS varchar(5) CONSTRAINT k CHECK (VALUE IN ('a', 'b'));
CREATE TABLE t (a varchar(5), b char(3), c text, d date, n numeric, g boolean GENERATED ALWAYS AS (a IN ('x', 'y', 'it''s', '(ARRAY[')) STORED,
  CONSTRAINT k1 CHECK (a NOT IN ('a', 'b') AND b IN ('c', 'd') AND c IN ('e') AND n IN (1, 2.5)), CONSTRAINT k2 CHECK (d IN ('2020-01-01', '2021-01-01')));
CREATE INDEX i ON t ((a IN ('p', 'q'))) WHERE a IN ('r', 's');
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (a IN ('a', 'b')) WITH CHECK (a NOT IN ('c', 'd'));
CREATE VIEW v AS SELECT a IN ('a', 'b') AS x, CASE WHEN a = ANY (ARRAY['x', 'y']::text[]) THEN 1 END AS y FROM t WHERE a <> ALL ('{p,q}'::text[]);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.a IN ('a', 'b')) EXECUTE FUNCTION f();
CREATE RULE r AS ON UPDATE TO t WHERE NEW.a IN ('a', 'b') DO ALSO DELETE FROM t WHERE a IN ('c', 'd');
ALTER TABLE t ALTER a SET DEFAULT CASE WHEN current_user IN ('a', 'b') THEN 'x' END;

-- case: a default expression of every sort is printed as it stays
-- from
CREATE TABLE t (id int);
-- to
CREATE TABLE t (id int, a varchar(3) DEFAULT 'abc'::varchar(2), b interval DEFAULT '1 day'::interval, c int[] DEFAULT '{1,2}', d text[] DEFAULT ARRAY['a', 'b'], e timestamptz DEFAULT now() + '1 hour',
  f jsonb DEFAULT '{"a": 1}', g bit(3) DEFAULT B'101', h bytea DEFAULT '\x00ff', i text DEFAULT E'a\tb\\c', j numeric DEFAULT -1.5, k bigint DEFAULT 99999999999, l char(2) DEFAULT 'x', m "char" DEFAULT 'y', n name DEFAULT CURRENT_USER, o text DEFAULT NULL,
  p int4range DEFAULT '[1,5)', q regclass DEFAULT 'pg_class', r money DEFAULT 5, s uuid DEFAULT '00000000-0000-0000-0000-000000000000', t point DEFAULT '(1,2)', u double precision DEFAULT 'NaN', v boolean DEFAULT 1 > 2, w date DEFAULT CURRENT_DATE);

-- case: a materialized view is filled and empty in turn, and refreshed by others
-- from
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA;
CREATE MATERIALIZED VIEW n AS SELECT a FROM t;
-- to
CREATE TABLE t (a int, b int);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t WITH NO DATA;
CREATE MATERIALIZED VIEW n AS SELECT a, b FROM t;
CREATE UNIQUE INDEX n_idx ON n (a);

-- case: a subscription
-- not embedded: it has no replication
-- since: 14
-- from
-- to
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = 'a');
COMMENT ON SUBSCRIPTION s IS 's';

-- case: an access method, and a table of it
-- not embedded: heap alone is there
-- from
-- to
CREATE ACCESS METHOD mine TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (a int) USING mine;
CREATE MATERIALIZED VIEW m USING mine AS SELECT a FROM t;

-- case: a domain over a domain changes its checks at both ends, and columns stay
-- rows: INSERT INTO t VALUES (4)
-- same: SELECT a::int FROM t
-- from
CREATE DOMAIN d1 AS int CONSTRAINT k CHECK (VALUE > 0);
CREATE DOMAIN d2 AS d1 CONSTRAINT k CHECK (VALUE < 10);
CREATE TABLE t (a d2, CONSTRAINT k CHECK (a <> 5));
CREATE VIEW v AS SELECT a FROM t;
-- to
CREATE DOMAIN d1 AS int DEFAULT 3 CONSTRAINT k CHECK (VALUE > 1) CONSTRAINT l CHECK (VALUE <> 7);
CREATE DOMAIN d2 AS d1 NOT NULL CONSTRAINT k CHECK (VALUE < 20);
CREATE TABLE t (a d2, CONSTRAINT k CHECK (a <> 5));
CREATE VIEW v AS SELECT a FROM t;

-- case: functions that name each other's new versions in their texts change together
-- from
CREATE TABLE t (a int);
CREATE FUNCTION a() RETURNS bigint LANGUAGE sql AS 'SELECT count(a) FROM t';
CREATE FUNCTION b() RETURNS bigint LANGUAGE sql AS 'SELECT a()';
-- to
CREATE TABLE t (b int);
CREATE FUNCTION c(int) RETURNS bigint LANGUAGE sql AS 'SELECT count(b) FROM t WHERE b > $1';
CREATE FUNCTION a() RETURNS bigint LANGUAGE sql AS 'SELECT c(1)';
CREATE FUNCTION b() RETURNS bigint LANGUAGE sql AS 'SELECT a() + c(2)';

-- case: a generated column and an index stand on a function that is replaced
-- from
CREATE FUNCTION f(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.lower($1)';
CREATE TABLE t (a text, b text GENERATED ALWAYS AS (f(a)) STORED);
CREATE INDEX i ON t (f(a));
-- to
CREATE FUNCTION f(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.upper($1)';
CREATE TABLE t (a text, b text GENERATED ALWAYS AS (f(a)) STORED);
CREATE INDEX i ON t (f(a));

-- case: objects that go with an extension
-- from
CREATE EXTENSION citext;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
-- to
CREATE EXTENSION citext;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION f() DEPENDS ON EXTENSION citext;
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
ALTER INDEX i DEPENDS ON EXTENSION citext;

-- case: a type is renamed to a name that another had
-- from
CREATE TYPE one AS ENUM ('a', 'b');
CREATE TYPE two AS ENUM ('c', 'd');
CREATE TABLE t (x one);
-- to
CREATE TYPE two AS ENUM ('a', 'b');
CREATE TABLE t (x two);
