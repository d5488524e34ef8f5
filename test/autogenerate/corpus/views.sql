-- case: a view comes over a table and a view
-- from
CREATE TABLE t (a int, b text);
-- to
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t WHERE a > 0;
CREATE VIEW a_first AS SELECT a FROM v;

-- case: a view's query changes and its columns do not
-- from
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a FROM v;
COMMENT ON VIEW v IS 'v';
-- to
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t WHERE a > 1;
CREATE VIEW w AS SELECT a FROM v;
COMMENT ON VIEW v IS 'v';

-- case: a view has one more column at its end
-- from
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v;
-- to
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a, b FROM v;

-- case: a view has one more column in front, under a chain of views
-- from
CREATE TABLE t (a int, b text);
CREATE VIEW v1 AS SELECT a FROM t;
CREATE VIEW v2 AS SELECT a FROM v1;
CREATE VIEW v3 AS SELECT a FROM v2;
COMMENT ON VIEW v2 IS 'the second';
COMMENT ON COLUMN v3.a IS 'a of the third';
GRANT SELECT ON v2 TO pg_monitor;
GRANT SELECT (a) ON v3 TO PUBLIC;
ALTER VIEW v3 OWNER TO pg_monitor;
-- to
CREATE TABLE t (a int, b text);
CREATE VIEW v1 AS SELECT b, a FROM t;
CREATE VIEW v2 AS SELECT a FROM v1;
CREATE VIEW v3 AS SELECT a FROM v2;
COMMENT ON VIEW v2 IS 'the second';
COMMENT ON COLUMN v3.a IS 'a of the third';
GRANT SELECT ON v2 TO pg_monitor;
GRANT SELECT (a) ON v3 TO PUBLIC;
ALTER VIEW v3 OWNER TO pg_monitor;

-- case: a view loses a column
-- from
CREATE TABLE t (a int, b text, c date);
CREATE VIEW v AS SELECT a, b, c FROM t;
-- to
CREATE TABLE t (a int, b text, c date);
CREATE VIEW v AS SELECT a, c FROM t;

-- case: a view's column has another name
-- from
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b AS name FROM t;
CREATE VIEW w AS SELECT name FROM v;
-- to
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b AS title FROM t;
CREATE VIEW w AS SELECT title AS name FROM v;

-- case: a view's columns are in another order
-- from
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE MATERIALIZED VIEW m AS SELECT * FROM v;
CREATE UNIQUE INDEX m_a_idx ON m (a);
-- to
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT b, a FROM t;
CREATE MATERIALIZED VIEW m AS SELECT * FROM v;
CREATE UNIQUE INDEX m_a_idx ON m (a);

-- case: a view has an option more, another has one less
-- from
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w WITH (security_barrier) AS SELECT a FROM t;
CREATE VIEW x WITH (check_option = local) AS SELECT a FROM t WHERE a > 0;
-- to
CREATE TABLE t (a int);
CREATE VIEW v WITH (security_barrier = true) AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM t;
CREATE VIEW x WITH (check_option = cascaded, security_barrier = false) AS SELECT a FROM t WHERE a > 0;

-- case: security_invoker comes, and goes
-- since: 15
-- from
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w WITH (security_invoker = true) AS SELECT a FROM t;
CREATE VIEW x WITH (security_invoker = true, security_barrier) AS SELECT a FROM t;
-- to
CREATE TABLE t (a int);
CREATE VIEW v WITH (security_invoker = true) AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM t;
CREATE VIEW x WITH (security_invoker = true, security_barrier) AS SELECT a + 1 AS a FROM t;

-- case: a view keeps security_invoker when its query changes and when it is made again
-- since: 15
-- from
CREATE TABLE t (a int, b int);
CREATE VIEW v WITH (security_invoker = true) AS SELECT a FROM t;
CREATE VIEW w WITH (security_invoker = true) AS SELECT a FROM v;
-- to
CREATE TABLE t (a int, b int);
CREATE VIEW v WITH (security_invoker = true) AS SELECT b, a FROM t;
CREATE VIEW w WITH (security_invoker = true) AS SELECT a FROM v WHERE a > 0;

-- case: select star after a column is added and one is dropped
-- from
CREATE TABLE t (a int, b text, c int);
CREATE VIEW v AS SELECT * FROM t;
CREATE VIEW w AS SELECT * FROM v;
-- to
CREATE TABLE t (a int, b text, d int);
CREATE VIEW v AS SELECT * FROM t;
CREATE VIEW w AS SELECT * FROM v;

-- case: a column of a table goes that is in a long chain of views
-- from
CREATE TABLE t (a int, b text, c int);
CREATE VIEW v1 AS SELECT a, b, c FROM t;
CREATE VIEW v2 AS SELECT a, b, c FROM v1;
CREATE MATERIALIZED VIEW v3 AS SELECT a, b, c FROM v2;
CREATE INDEX v3_b_idx ON v3 (b);
CREATE VIEW v4 AS SELECT a, c FROM v3;
CREATE VIEW v5 AS SELECT a FROM v4 JOIN v1 USING (a);
-- to
CREATE TABLE t (a int, c int);
CREATE VIEW v1 AS SELECT a, c FROM t;
CREATE VIEW v2 AS SELECT a, c FROM v1;
CREATE MATERIALIZED VIEW v3 AS SELECT a, c FROM v2;
CREATE INDEX v3_c_idx ON v3 (c);
CREATE VIEW v4 AS SELECT a, c FROM v3;
CREATE VIEW v5 AS SELECT a FROM v4 JOIN v1 USING (a);

-- case: two views of one table need each other's columns in turn
-- from
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v;
-- to
CREATE TABLE t (a int);
CREATE VIEW w AS SELECT a FROM t;
CREATE VIEW v AS SELECT a FROM w;

-- case: a table becomes a view
-- from
CREATE TABLE t (a int);
CREATE TABLE u (a int);
-- to
CREATE TABLE u (a int);
CREATE VIEW t AS SELECT a FROM u;

-- case: a view becomes a table, and another stands on it
-- from
CREATE TABLE u (a int);
CREATE VIEW t AS SELECT a FROM u;
CREATE VIEW w AS SELECT a FROM t;
-- to
CREATE TABLE u (a int);
CREATE TABLE t (a int);
CREATE VIEW w AS SELECT a FROM t;

-- case: a view becomes a materialized view with an index, under a view
-- from
CREATE TABLE u (a int);
CREATE VIEW t AS SELECT a FROM u;
CREATE VIEW w AS SELECT a FROM t;
COMMENT ON VIEW t IS 'a view';
-- to
CREATE TABLE u (a int);
CREATE MATERIALIZED VIEW t AS SELECT a FROM u;
CREATE INDEX t_a_idx ON t (a);
CREATE VIEW w AS SELECT a FROM t;
COMMENT ON MATERIALIZED VIEW t IS 'a materialized view';

-- case: a view over a function that is replaced, and one over a function that is made again
-- from
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION g(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE VIEW v AS SELECT f(1) AS f;
CREATE VIEW w AS SELECT g(1) AS g;
-- to
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE FUNCTION g(int) RETURNS bigint LANGUAGE sql AS 'SELECT $1::bigint';
CREATE VIEW v AS SELECT f(1) AS f;
CREATE VIEW w AS SELECT g(1) AS g;

-- case: a view over a function with OUT columns that has one more
-- from
CREATE FUNCTION f(OUT a int, OUT b text) RETURNS SETOF record LANGUAGE sql AS $$SELECT 1, 'b'$$;
CREATE VIEW v AS SELECT * FROM f();
CREATE VIEW w AS SELECT a FROM v;
-- to
CREATE FUNCTION f(OUT a int, OUT b text, OUT c int) RETURNS SETOF record LANGUAGE sql AS $$SELECT 1, 'b', 2$$;
CREATE VIEW v AS SELECT * FROM f();
CREATE VIEW w AS SELECT a FROM v;

-- case: a view has rules and triggers, and is made again
-- from
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
CREATE RULE v_insert AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.a);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER v_update INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON TRIGGER v_update ON v IS 'instead';
COMMENT ON RULE v_insert ON v IS 'a rule';
-- to
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT b, a FROM t;
CREATE RULE v_insert AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.a);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER v_update INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON TRIGGER v_update ON v IS 'instead';
COMMENT ON RULE v_insert ON v IS 'a rule';

-- case: a view's columns have defaults, which change
-- from
CREATE TABLE t (a int, b int, c int);
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v ALTER a SET DEFAULT 1;
-- to
CREATE TABLE t (a int, b int, c int);
CREATE VIEW v AS SELECT a, b, c FROM t;
ALTER VIEW v ALTER a SET DEFAULT 2;
ALTER VIEW v ALTER c SET DEFAULT 3;

-- case: VALUES lists and lists of strings are printed in their way
-- from
CREATE TABLE t (a varchar(10), b text, c "char", CONSTRAINT c CHECK (a IN ('x', 'y')));
CREATE VIEW v AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW w AS SELECT * FROM t WHERE a IN ('x', 'y') AND b IN ('p', 'q') AND c = 'c';
-- to
CREATE TABLE t (a varchar(10), b text, c "char", CONSTRAINT c CHECK (a IN ('x', 'y', 'z')));
CREATE VIEW v AS VALUES (1, 'a'), (2, 'b'), (3, 'c');
CREATE VIEW w AS SELECT * FROM t WHERE a IN ('x', 'z') AND b IN ('p', 'q') AND c = 'c';
CREATE VIEW x AS SELECT * FROM (VALUES (1, 'a'::varchar(5))) AS q(n, s);

-- case: views that PostgreSQL prints in other words than they were written in
-- from
CREATE TABLE t (a int, b text, at timestamptz);
-- to
CREATE TABLE t (a int, b text, at timestamptz);
CREATE VIEW v1 AS SELECT a, count(*) FILTER (WHERE b IS NOT NULL) OVER (PARTITION BY a ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM t;
CREATE VIEW v2 AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r;
CREATE VIEW v3 AS SELECT t.*, x.n FROM t LEFT JOIN LATERAL (SELECT max(u.a) AS n FROM t u WHERE u.b = t.b) x ON true;
CREATE VIEW v4 AS SELECT b, array_agg(a ORDER BY a DESC) AS l, percentile_cont(0.5) WITHIN GROUP (ORDER BY a) AS m FROM t GROUP BY GROUPING SETS ((b), ());
CREATE VIEW v5 AS SELECT CASE a WHEN 1 THEN 'one' ELSE 'other' END AS c, coalesce(b, 'x') AS d, at AT TIME ZONE 'UTC' AS e, a BETWEEN 1 AND 5 AS f FROM t;
CREATE VIEW v6 AS SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, at DESC LIMIT 10 OFFSET 2;
CREATE VIEW v7 AS SELECT a FROM t UNION (SELECT 1 EXCEPT SELECT 2) INTERSECT SELECT 3;
CREATE VIEW v8 AS SELECT EXISTS (SELECT FROM t) AS e, ARRAY(SELECT a FROM t) AS l, ROW(1, 'x') IS NULL AS r, (SELECT max(a) FROM t) AS m;
CREATE VIEW v9 AS SELECT b LIKE 'x%' AS l, b ~~* 'Y' AS i, b SIMILAR TO 'z' AS s, extract(year FROM at) AS y, overlay(b PLACING 'q' FROM 1) AS o, a::text || b AS t FROM t TABLESAMPLE system (10) REPEATABLE (1);

-- case: a recursive view
-- from
-- to
CREATE RECURSIVE VIEW nums (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 100;

-- case: a view of no columns, and of one whose name needs quotes
-- from
-- to
CREATE VIEW "No" AS SELECT;
CREATE VIEW "A b" AS SELECT 1 AS "select", 2 AS "C""d";
COMMENT ON COLUMN "A b"."C""d" IS 'quoted';

-- case: views of one name in two schemas stand on each other
-- from
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TABLE a.t (x int);
CREATE VIEW a.v AS SELECT x FROM a.t;
CREATE VIEW b.v AS SELECT x FROM a.v;
CREATE VIEW v AS SELECT x FROM b.v;
-- to
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TABLE a.t (x bigint);
CREATE VIEW a.v AS SELECT x FROM a.t;
CREATE VIEW b.v AS SELECT x FROM a.v;
CREATE VIEW v AS SELECT x FROM b.v;

-- case: a view has another name, and another stands on it
-- from
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v;
COMMENT ON VIEW v IS 'v';
GRANT SELECT ON v TO PUBLIC;
-- to
CREATE TABLE t (a int);
CREATE VIEW renamed AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM renamed;
COMMENT ON VIEW renamed IS 'v';
GRANT SELECT ON renamed TO PUBLIC;

-- case: a view is in another schema
-- from
CREATE SCHEMA app;
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
-- to
CREATE SCHEMA app;
CREATE TABLE t (a int);
CREATE VIEW app.v AS SELECT a FROM t;

-- case: a materialized view's query changes, and its indexes, comments, privileges and dependents are there again
-- from
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE UNIQUE INDEX m_a_idx ON m (a);
CREATE INDEX m_lower_idx ON m (lower(b)) WHERE a > 0;
ALTER MATERIALIZED VIEW m CLUSTER ON m_a_idx;
COMMENT ON INDEX m_a_idx IS 'its key';
COMMENT ON MATERIALIZED VIEW m IS 'm';
COMMENT ON COLUMN m.a IS 'a';
GRANT SELECT ON m TO pg_monitor;
ALTER MATERIALIZED VIEW m ALTER b SET STATISTICS 500;
CREATE VIEW v AS SELECT a FROM m;
-- to
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t WHERE a > 0;
CREATE UNIQUE INDEX m_a_idx ON m (a);
CREATE INDEX m_lower_idx ON m (lower(b)) WHERE a > 0;
ALTER MATERIALIZED VIEW m CLUSTER ON m_a_idx;
COMMENT ON INDEX m_a_idx IS 'its key';
COMMENT ON MATERIALIZED VIEW m IS 'm';
COMMENT ON COLUMN m.a IS 'a';
GRANT SELECT ON m TO pg_monitor;
ALTER MATERIALIZED VIEW m ALTER b SET STATISTICS 500;
CREATE VIEW v AS SELECT a FROM m;

-- case: a materialized view with an index goes
-- from
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE UNIQUE INDEX m_a_idx ON m (a);
COMMENT ON INDEX m_a_idx IS 'its key';
ALTER MATERIALIZED VIEW m CLUSTER ON m_a_idx;
-- to
CREATE TABLE t (a int, b text);

-- case: the indexes of a materialized view alone change
-- from
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE INDEX one ON m (a);
CREATE INDEX two ON m (b);
-- to
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE UNIQUE INDEX one ON m (a);
CREATE INDEX three ON m USING hash (b);

-- case: a materialized view has storage parameters, and columns with settings
-- from
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
-- to
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 70, autovacuum_enabled = false) AS SELECT a, b FROM t;
ALTER MATERIALIZED VIEW m ALTER b SET STORAGE EXTERNAL;
ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 10;
ALTER MATERIALIZED VIEW m ALTER a SET (n_distinct = 5);

-- case: a chain of materialized views
-- from
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m1 AS SELECT a, b FROM t;
CREATE INDEX m1_idx ON m1 (a);
CREATE MATERIALIZED VIEW m2 AS SELECT a, b FROM m1;
CREATE INDEX m2_idx ON m2 (a);
CREATE MATERIALIZED VIEW m3 AS SELECT a, b FROM m2 WITH NO DATA;
CREATE INDEX m3_idx ON m3 (a);
-- to
CREATE TABLE t (a bigint, b text);
CREATE MATERIALIZED VIEW m1 AS SELECT a, b FROM t;
CREATE INDEX m1_idx ON m1 (a);
CREATE MATERIALIZED VIEW m2 AS SELECT a, b FROM m1;
CREATE INDEX m2_idx ON m2 (a);
CREATE MATERIALIZED VIEW m3 AS SELECT a, b FROM m2 WITH NO DATA;
CREATE INDEX m3_idx ON m3 (a);

-- case: a materialized view has another name, and its index too
-- from
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX m_idx ON m (a);
-- to
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW renamed AS SELECT a FROM t;
CREATE INDEX renamed_idx ON renamed (a);

-- case: a view shows a table's row, and groups by its key
-- from
CREATE TABLE t (id int PRIMARY KEY, b text);
-- to
CREATE TABLE t (id int PRIMARY KEY, b text);
CREATE VIEW v AS SELECT t FROM t;
CREATE VIEW w AS SELECT t.id, t.b, count(*) AS n FROM t GROUP BY t.id;

-- case: a view that groups by a primary key loses it
-- from
CREATE TABLE t (id int CONSTRAINT t_pkey PRIMARY KEY, b text);
CREATE VIEW w AS SELECT t.id, t.b, count(*) AS n FROM t GROUP BY t.id;
-- to
CREATE TABLE t (id int, b text, CONSTRAINT t_pkey PRIMARY KEY (id, b));
CREATE VIEW w AS SELECT t.id, t.b, count(*) AS n FROM t GROUP BY t.id, t.b;

-- case: a table that a view with INSTEAD OF triggers shows gets a column of another type
-- from
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g INSTEAD OF INSERT OR DELETE ON v FOR EACH ROW EXECUTE FUNCTION f('x');
ALTER VIEW v ALTER a SET DEFAULT 4;
-- to
CREATE TABLE t (a bigint, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g INSTEAD OF INSERT OR DELETE ON v FOR EACH ROW EXECUTE FUNCTION f('x');
ALTER VIEW v ALTER a SET DEFAULT 4;

-- case: a view is temporary, and nobody looks at it
-- from
CREATE TABLE t (a int);
-- to
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;

-- case: a view's owner, and privileges on its columns
-- from
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a, b FROM t;
GRANT ALL ON v TO pg_monitor WITH GRANT OPTION;
-- to
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v OWNER TO pg_monitor;
GRANT SELECT (a), UPDATE (b) ON v TO PUBLIC;

-- case: conditions of which the first is a range
-- from
CREATE TABLE t (a int, b int, c text);
-- to
CREATE TABLE t (a int, b int, c text, CONSTRAINT ranges CHECK (a BETWEEN 1 AND 9 AND b > 0 AND c <> '((x) AND (y)) AND z'));
CREATE VIEW v AS SELECT a, a NOT BETWEEN 3 AND 4 OR b IS NULL AS apart FROM t WHERE a BETWEEN 1 AND 2 AND b = 3;
CREATE VIEW w AS SELECT a FROM t WHERE (a BETWEEN 1 AND 2 OR b BETWEEN 3 AND 4 AND c > 'x') AND b = 3 AND a BETWEEN SYMMETRIC 4 AND 1;
CREATE VIEW x AS SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) > 3 AND b > 1 AS z FROM t;
CREATE INDEX t_a ON t (a) WHERE a BETWEEN 1 AND 4 AND b > 7;
CREATE INDEX t_b ON t ((a BETWEEN 1 AND 4 AND b > 7));
