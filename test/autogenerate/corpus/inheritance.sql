-- case: a table inherits
-- from
CREATE TABLE other (id int);
-- to
CREATE TABLE other (id int);
CREATE TABLE a (x int NOT NULL DEFAULT 1, y text, CONSTRAINT c CHECK (x > 0));
CREATE TABLE b (z int) INHERITS (a);
CREATE TABLE c () INHERITS (b);

-- case: a child leaves its parent
-- one way: a column that was its own stays so
-- rows: INSERT INTO b VALUES (1, 'y', 2)
-- same: SELECT x, y, z FROM b
-- from
CREATE TABLE a (x int NOT NULL DEFAULT 1, y text, CONSTRAINT c CHECK (x > 0));
CREATE TABLE b (z int) INHERITS (a);
-- to
CREATE TABLE a (x int NOT NULL DEFAULT 1, y text, CONSTRAINT c CHECK (x > 0));
CREATE TABLE b (x int NOT NULL DEFAULT 1, y text, z int, CONSTRAINT c CHECK (x > 0));

-- case: a table becomes a child of another
-- rows: INSERT INTO b VALUES (1, 'y', 2)
-- same: SELECT x, y, z FROM b
-- from
CREATE TABLE a (x int, y text);
CREATE TABLE b (x int, y text, z int);
-- to
CREATE TABLE a (x int, y text);
CREATE TABLE b (x int, y text, z int);
ALTER TABLE b INHERIT a;

-- case: two parents in order
-- from
CREATE TABLE a (x int);
CREATE TABLE b (y int);
-- to
CREATE TABLE a (x int);
CREATE TABLE b (y int);
CREATE TABLE c (z int) INHERITS (b, a);
CREATE TABLE d () INHERITS (a, c);

-- case: another parent, and one more
-- rows: INSERT INTO c VALUES (1, 2)
-- same: SELECT x, y FROM c
-- from
CREATE TABLE a (x int);
CREATE TABLE b (y int);
CREATE TABLE c (x int, y int);
ALTER TABLE c INHERIT a;
CREATE TABLE d (x int, y int);
ALTER TABLE d INHERIT b;
-- to
CREATE TABLE a (x int);
CREATE TABLE b (y int);
CREATE TABLE c (x int, y int);
ALTER TABLE c INHERIT b;
CREATE TABLE d (x int, y int);
ALTER TABLE d INHERIT b;
ALTER TABLE d INHERIT a;

-- case: columns that come from two parents and are its own too
-- from
CREATE TABLE a (id int, x int);
CREATE TABLE b (id int, y int);
-- to
CREATE TABLE a (id int, x int);
CREATE TABLE b (id int, y int);
CREATE TABLE c (id int, x int, z int) INHERITS (a, b);

-- case: columns of a parent come, change and go
-- rows: INSERT INTO b VALUES (1, 2, 3)
-- same: SELECT x::text, own FROM b
-- from
CREATE TABLE a (x int, gone text);
CREATE TABLE b (own int) INHERITS (a);
CREATE TABLE c () INHERITS (b);
-- to
CREATE TABLE a (x bigint NOT NULL, fresh text DEFAULT 'f', CONSTRAINT k CHECK (x < 100));
CREATE TABLE b (own int) INHERITS (a);
CREATE TABLE c () INHERITS (b);

-- case: a column of the child that its parent gets too
-- rows: INSERT INTO b VALUES (1, 2)
-- same: SELECT x, y FROM b
-- from
CREATE TABLE a (x int);
CREATE TABLE b (y int) INHERITS (a);
-- to
CREATE TABLE a (x int, y int);
CREATE TABLE b (y int) INHERITS (a);

-- case: a column of the parent goes that the child has of its own too
-- rows: INSERT INTO b VALUES (1, 2)
-- same: SELECT x, y FROM b
-- from
CREATE TABLE a (x int, y int);
CREATE TABLE b (y int) INHERITS (a);
-- to
CREATE TABLE a (x int);
CREATE TABLE b (y int) INHERITS (a);

-- case: defaults that children have otherwise
-- from
CREATE TABLE a (x int DEFAULT 1, y int, z int DEFAULT 3);
CREATE TABLE b () INHERITS (a);
-- to
CREATE TABLE a (x int DEFAULT 1, y int, z int DEFAULT 3);
CREATE TABLE b () INHERITS (a);
ALTER TABLE b ALTER x SET DEFAULT 10, ALTER y SET DEFAULT 20, ALTER z DROP DEFAULT;

-- case: a default of the parent changes above one of the child
-- from
CREATE TABLE a (x int DEFAULT 1, y int, z int DEFAULT 3, w int DEFAULT 4);
CREATE TABLE b () INHERITS (a);
ALTER TABLE b ALTER x SET DEFAULT 10, ALTER y SET DEFAULT 20, ALTER z SET DEFAULT 30, ALTER w DROP DEFAULT;
-- to
CREATE TABLE a (x int DEFAULT 2, y int DEFAULT 5, z int, w int DEFAULT 6);
CREATE TABLE b () INHERITS (a);
ALTER TABLE b ALTER x SET DEFAULT 10, ALTER y SET DEFAULT 20, ALTER z SET DEFAULT 30, ALTER w DROP DEFAULT;

-- case: NOT NULL of a child alone
-- from
CREATE TABLE a (x int, y int NOT NULL, z int);
CREATE TABLE b () INHERITS (a);
ALTER TABLE b ALTER z SET NOT NULL;
-- to
CREATE TABLE a (x int, y int NOT NULL, z int);
CREATE TABLE b () INHERITS (a);
ALTER TABLE b ALTER x SET NOT NULL;

-- case: NOT NULL of the parent and of the child by itself
-- from
CREATE TABLE a (x int, y int NOT NULL);
CREATE TABLE b () INHERITS (a);
-- to
CREATE TABLE a (x int NOT NULL, y int);
CREATE TABLE b () INHERITS (a);

-- case: checks of parents and children
-- from
CREATE TABLE a (x int, CONSTRAINT of_both CHECK (x > 0), CONSTRAINT alone CHECK (x > 1) NO INHERIT, CONSTRAINT gone CHECK (x > 2));
CREATE TABLE b (CONSTRAINT own CHECK (x > 3)) INHERITS (a);
-- to
CREATE TABLE a (x int, CONSTRAINT of_both CHECK (x > 10), CONSTRAINT alone CHECK (x > 1), CONSTRAINT fresh CHECK (x > 4));
CREATE TABLE b (CONSTRAINT own CHECK (x > 30)) INHERITS (a);

-- case: a check of both
-- from
CREATE TABLE a (x int, CONSTRAINT c CHECK (x > 0));
CREATE TABLE b (CONSTRAINT c CHECK (x > 0)) INHERITS (a);
-- to
CREATE TABLE a (x int);
CREATE TABLE b (CONSTRAINT c CHECK (x > 0)) INHERITS (a);

-- case: keys and indexes, which children do not inherit
-- from
CREATE TABLE a (x int PRIMARY KEY, y int);
CREATE TABLE b () INHERITS (a);
-- to
CREATE TABLE a (x int PRIMARY KEY, y int UNIQUE);
CREATE TABLE b () INHERITS (a);
ALTER TABLE b ADD PRIMARY KEY (x);
CREATE INDEX b_y ON b (y);

-- case: a generated column of a parent
-- from
CREATE TABLE a (x int);
CREATE TABLE b () INHERITS (a);
-- to
CREATE TABLE a (x int, y int GENERATED ALWAYS AS (x * 2) STORED);
CREATE TABLE b () INHERITS (a);

-- case: a serial of a parent
-- from
CREATE TABLE a (x int);
CREATE TABLE b () INHERITS (a);
-- to
CREATE TABLE a (x int, id serial);
CREATE TABLE b () INHERITS (a);

-- case: a parent goes, and its child stays
-- one way: a column that was its own stays so
-- rows: INSERT INTO b VALUES (1, 2)
-- same: SELECT x, y FROM b
-- from
CREATE TABLE a (x int);
CREATE TABLE b (y int) INHERITS (a);
-- to
CREATE TABLE b (x int, y int);

-- case: a whole family goes
-- from
CREATE TABLE a (x int, CHECK (x > 0));
CREATE TABLE b (y int) INHERITS (a);
CREATE TABLE c (z int) INHERITS (a);
CREATE TABLE d () INHERITS (b, c);
-- to
CREATE TABLE other (x int);

-- case: how a child keeps a column of its parent
-- from
CREATE TABLE a (x text, y text);
CREATE TABLE b () INHERITS (a);
ALTER TABLE b ALTER x SET STORAGE EXTERNAL, ALTER x SET STATISTICS 10;
-- to
CREATE TABLE a (x text, y text);
CREATE TABLE b () INHERITS (a);
ALTER TABLE b ALTER y SET STORAGE MAIN, ALTER y SET (n_distinct = 3), ALTER x SET STATISTICS 20;

-- case: privileges and comments of columns that are inherited
-- from
CREATE TABLE a (x int);
CREATE TABLE b () INHERITS (a);
COMMENT ON COLUMN b.x IS 'old';
-- to
CREATE TABLE a (x int);
CREATE TABLE b () INHERITS (a);
COMMENT ON COLUMN b.x IS 'new';
COMMENT ON COLUMN a.x IS 'above';
GRANT SELECT (x) ON b TO pg_monitor;

-- case: a typed table comes
-- from
CREATE TYPE pair AS (a int, b text);
-- to
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t OF pair (a NOT NULL DEFAULT 5, b UNIQUE, CHECK (a > 0));
CREATE INDEX t_a ON t (a);

-- case: a typed table becomes a plain one, and a plain one typed
-- rows: INSERT INTO t VALUES (1, 'a'); INSERT INTO u VALUES (2, 'b')
-- same: SELECT t.a, u.b FROM t, u
-- from
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t OF pair;
CREATE TABLE u (a int, b text);
-- to
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (a int, b text);
CREATE TABLE u OF pair;

-- case: attributes of a type change under a typed table
-- rows: INSERT INTO t VALUES (1, 'a')
-- same: SELECT a::text FROM t
-- from
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t OF pair;
-- to
CREATE TYPE pair AS (a bigint, c date);
CREATE TABLE t OF pair;

-- case: what a typed table says of its columns changes
-- from
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t OF pair (a DEFAULT 1, b NOT NULL);
-- to
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t OF pair (a DEFAULT 2 NOT NULL, b PRIMARY KEY);
ALTER TABLE t ALTER b SET STORAGE EXTERNAL;

-- case: a column that a child says too gets another type with its parent's
-- rows: INSERT INTO dogs VALUES (1, 12, '2020-01-01', 'loud'); INSERT INTO puppies VALUES (2, 3, '2024-01-01', 'soft')
-- same: SELECT id, weight::int, bark FROM dogs ORDER BY id
-- from
CREATE TABLE pets (id int, weight integer DEFAULT 3, born date);
CREATE TABLE dogs (weight integer DEFAULT 7, bark text) INHERITS (pets);
CREATE TABLE puppies (weight integer) INHERITS (dogs);
CREATE INDEX dogs_weight ON dogs (weight);
-- to
CREATE TABLE pets (id int, weight text DEFAULT '3', born date);
CREATE TABLE dogs (weight text DEFAULT '7', bark text) INHERITS (pets);
CREATE TABLE puppies (weight text) INHERITS (dogs);
CREATE INDEX dogs_weight ON dogs (weight);
