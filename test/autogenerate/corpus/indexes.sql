-- case: indexes of all access methods come
-- from
CREATE TABLE t (a int, b text, c int[], d point, e tsvector, f jsonb, g inet, h int4range, i timestamptz);
-- to
CREATE TABLE t (a int, b text, c int[], d point, e tsvector, f jsonb, g inet, h int4range, i timestamptz);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t USING hash (b);
CREATE INDEX i3 ON t USING gin (c);
CREATE INDEX i4 ON t USING gist (d);
CREATE INDEX i5 ON t USING gin (e) WITH (fastupdate = off);
CREATE INDEX i6 ON t USING gin (f jsonb_path_ops);
CREATE INDEX i7 ON t USING gist (g inet_ops);
CREATE INDEX i8 ON t USING spgist (h);
CREATE INDEX i9 ON t USING brin (i) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX i10 ON t USING gist (h) WITH (buffering = auto, fillfactor = 80);
CREATE INDEX i11 ON t USING spgist (b text_ops);
CREATE INDEX i12 ON t USING spgist (d kd_point_ops);

-- case: indexes with parameters of operator classes
-- since: 14
-- from
CREATE TABLE t (i timestamptz, e tsvector);
CREATE INDEX i2 ON t USING gist (e tsvector_ops (siglen = 100));
-- to
CREATE TABLE t (i timestamptz, e tsvector);
CREATE INDEX i1 ON t USING brin (i timestamptz_minmax_multi_ops (values_per_range = 16));
CREATE INDEX i2 ON t USING gist (e tsvector_ops (siglen = 200));

-- case: indexes in all orders, of expressions, with collations and operator classes
-- from
CREATE TABLE t (a int, b text, c text COLLATE "C", d varchar(10));
-- to
CREATE TABLE t (a int, b text, c text COLLATE "C", d varchar(10));
CREATE INDEX j1 ON t (a DESC, b NULLS FIRST, c DESC NULLS LAST);
CREATE INDEX j2 ON t (b text_pattern_ops, d varchar_pattern_ops);
CREATE INDEX j3 ON t (b COLLATE "C", c COLLATE "POSIX" text_pattern_ops DESC);
CREATE INDEX j4 ON t (lower(b), (a + 1), (b || c), upper(d) text_pattern_ops);
CREATE INDEX j5 ON t ((a IS NULL), coalesce(a, 0) DESC) WHERE b IS NOT NULL AND a IN (1, 2);
CREATE INDEX j6 ON t ((b || 'x') COLLATE "C");
CREATE INDEX j7 ON t ((CASE WHEN a > 0 THEN 'a,b'::text ELSE '(' END), ((a, b) = (1, 'x')));
CREATE UNIQUE INDEX j8 ON t (a) INCLUDE (b, c) WITH (fillfactor = 50) WHERE a > 0;
CREATE INDEX j9 ON t ((t.*));

-- case: an index of another definition by its name
-- from
CREATE TABLE t (a int, b int, c text);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t (a) WHERE b > 0;
CREATE INDEX i3 ON t (lower(c));
CREATE UNIQUE INDEX i4 ON t (b);
CREATE INDEX i5 ON t (a) INCLUDE (b);
COMMENT ON INDEX i1 IS 'first';
-- to
CREATE TABLE t (a int, b int, c text);
CREATE INDEX i1 ON t (a, b);
CREATE INDEX i2 ON t (a) WHERE b > 1;
CREATE INDEX i3 ON t (upper(c));
CREATE INDEX i4 ON t (b);
CREATE INDEX i5 ON t (a) INCLUDE (c);
COMMENT ON INDEX i1 IS 'first';

-- case: parameters of indexes
-- from
CREATE TABLE t (a int, b int[]);
CREATE INDEX i1 ON t (a) WITH (fillfactor = 70);
CREATE INDEX i2 ON t USING gin (b);
CREATE INDEX i3 ON t USING brin (a) WITH (pages_per_range = 8);
-- to
CREATE TABLE t (a int, b int[]);
CREATE INDEX i1 ON t (a) WITH (deduplicate_items = off);
CREATE INDEX i2 ON t USING gin (b) WITH (fastupdate = off, gin_pending_list_limit = 128);
CREATE INDEX i3 ON t USING brin (a);

-- case: statistics of expressions in an index
-- from
CREATE TABLE t (a int, b int);
CREATE INDEX i1 ON t (a, (a + b), (b * 2));
ALTER INDEX i1 ALTER COLUMN 2 SET STATISTICS 100;
-- to
CREATE TABLE t (a int, b int);
CREATE INDEX i1 ON t (a, (a + b), (b * 2));
ALTER INDEX i1 ALTER COLUMN 3 SET STATISTICS 200;
CREATE INDEX i2 ON t ((a - b));
ALTER INDEX i2 ALTER COLUMN 1 SET STATISTICS 50;

-- case: an index moves to another table by its name
-- from
CREATE TABLE t (a int);
CREATE TABLE u (a int);
CREATE INDEX the_index ON t (a);
-- to
CREATE TABLE t (a int);
CREATE TABLE u (a int);
CREATE INDEX the_index ON u (a);

-- case: indexes of the same definition and of swapped names
-- from
CREATE TABLE t (a int, b int);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t (b);
CREATE INDEX i3 ON t (a);
-- to
CREATE TABLE t (a int, b int);
CREATE INDEX i1 ON t (b);
CREATE INDEX i2 ON t (a);

-- case: an index uses a function that comes, and one that changes
-- from
CREATE FUNCTION old(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE t (a text);
CREATE INDEX i1 ON t (old(a));
-- to
CREATE FUNCTION fresh(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE t (a text);
CREATE INDEX i1 ON t (fresh(a));

-- case: an index under a function of other parameter names
-- from
CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT a';
CREATE TABLE t (a text, CHECK (f(a) <> ''));
CREATE INDEX i1 ON t (f(a));
-- to
CREATE FUNCTION f(b text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT b';
CREATE TABLE t (a text, CHECK (f(a) <> ''));
CREATE INDEX i1 ON t (f(a));

-- case: clustering comes, moves and goes
-- from
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE INDEX i1 ON t (b);
CREATE TABLE u (a int);
CREATE INDEX i2 ON u (a);
ALTER TABLE u CLUSTER ON i2;
CREATE TABLE v (a int, b int);
CREATE INDEX i3 ON v (a);
CREATE INDEX i4 ON v (b);
ALTER TABLE v CLUSTER ON i3;
-- to
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE INDEX i1 ON t (b);
ALTER TABLE t CLUSTER ON t_pkey;
CREATE TABLE u (a int);
CREATE INDEX i2 ON u (a);
CREATE TABLE v (a int, b int);
CREATE INDEX i3 ON v (a);
CREATE INDEX i4 ON v (b);
ALTER TABLE v CLUSTER ON i4;

-- case: the index by which a table is clustered is another by the same name
-- from
CREATE TABLE v (a int, b int);
CREATE INDEX i3 ON v (a);
ALTER TABLE v CLUSTER ON i3;
-- to
CREATE TABLE v (a int, b int);
CREATE INDEX i3 ON v (b);
ALTER TABLE v CLUSTER ON i3;

-- case: replica identities
-- from
CREATE TABLE a (x int PRIMARY KEY);
CREATE TABLE b (x int);
ALTER TABLE b REPLICA IDENTITY FULL;
CREATE TABLE c (x int NOT NULL, y int NOT NULL);
CREATE UNIQUE INDEX cx ON c (x);
CREATE UNIQUE INDEX cy ON c (y);
ALTER TABLE c REPLICA IDENTITY USING INDEX cx;
CREATE TABLE d (x int);
ALTER TABLE d REPLICA IDENTITY NOTHING;
-- to
CREATE TABLE a (x int PRIMARY KEY);
ALTER TABLE a REPLICA IDENTITY FULL;
CREATE TABLE b (x int NOT NULL CONSTRAINT bx UNIQUE);
ALTER TABLE b REPLICA IDENTITY USING INDEX bx;
CREATE TABLE c (x int NOT NULL, y int NOT NULL);
CREATE UNIQUE INDEX cx ON c (x);
CREATE UNIQUE INDEX cy ON c (y);
ALTER TABLE c REPLICA IDENTITY USING INDEX cy;
CREATE TABLE d (x int);

-- case: the index of a replica identity is made anew
-- from
CREATE TABLE c (x int NOT NULL, y int NOT NULL);
CREATE UNIQUE INDEX cx ON c (x);
ALTER TABLE c REPLICA IDENTITY USING INDEX cx;
-- to
CREATE TABLE c (x int NOT NULL, y int NOT NULL);
CREATE UNIQUE INDEX cx ON c (x, y);
ALTER TABLE c REPLICA IDENTITY USING INDEX cx;

-- case: a replica identity on a column that gets another type
-- from
CREATE TABLE c (x int NOT NULL);
CREATE UNIQUE INDEX cx ON c (x);
ALTER TABLE c REPLICA IDENTITY USING INDEX cx;
ALTER TABLE c CLUSTER ON cx;
-- to
CREATE TABLE c (x bigint NOT NULL);
CREATE UNIQUE INDEX cx ON c (x);
ALTER TABLE c REPLICA IDENTITY USING INDEX cx;
ALTER TABLE c CLUSTER ON cx;

-- case: unique indexes in which NULL is one value
-- since: 15
-- from
CREATE TABLE t (a int, b int);
CREATE UNIQUE INDEX i1 ON t (a);
-- to
CREATE TABLE t (a int, b int);
CREATE UNIQUE INDEX i1 ON t (a) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX i2 ON t (b) NULLS NOT DISTINCT WHERE a > 0;

-- case: extended statistics of all kinds
-- from
CREATE TABLE t (a int, b int, c int);
CREATE STATISTICS s1 ON a, b FROM t;
CREATE STATISTICS s2 (ndistinct) ON a, b FROM t;
CREATE STATISTICS s3 ON a, b, c FROM t;
ALTER STATISTICS s3 SET STATISTICS 100;
-- to
CREATE TABLE t (a int, b int, c int);
CREATE STATISTICS s2 (dependencies, mcv) ON a, c FROM t;
CREATE STATISTICS s3 ON a, b, c FROM t;
ALTER STATISTICS s3 SET STATISTICS 200;
CREATE STATISTICS s4 (mcv) ON b, c FROM t;
COMMENT ON STATISTICS s4 IS 'fourth';

-- case: extended statistics of expressions
-- since: 14
-- from
CREATE TABLE t (a int, b text);
CREATE STATISTICS s1 ON (a + 1) FROM t;
-- to
CREATE TABLE t (a int, b text);
CREATE STATISTICS s1 ON (a + 2) FROM t;
CREATE STATISTICS s2 (mcv) ON lower(b), (a * 2), a FROM t;

-- case: a gin index by an extension's operator class
-- not embedded: it has no pg_trgm of itself
-- from
CREATE TABLE t (a text);
-- to
CREATE EXTENSION pg_trgm;
CREATE TABLE t (a text);
CREATE INDEX i1 ON t USING gin (a gin_trgm_ops);
CREATE INDEX i2 ON t USING gin (lower(a) gin_trgm_ops);
