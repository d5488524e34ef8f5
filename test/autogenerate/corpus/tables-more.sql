-- case: a partition key changes, with its partitions
-- refused: can only be changed by making it anew
-- from
CREATE TABLE p (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE VIEW v AS SELECT a FROM p;
-- to
CREATE TABLE p (a int, b text) PARTITION BY LIST (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('x');
CREATE VIEW v AS SELECT a FROM p;

-- case: a table is put in that lacks what the partitioned one has
-- one way: what it got stays with it
-- rows: INSERT INTO p1 VALUES (1, 'x')
-- same: SELECT a, b FROM p1
-- from
CREATE TABLE p (a int NOT NULL, b text NOT NULL DEFAULT 'b', CONSTRAINT c CHECK (a > 0)) PARTITION BY LIST (a);
CREATE INDEX p_b ON p (b);
CREATE TABLE p1 (a int, b text);
-- to
CREATE TABLE p (a int NOT NULL, b text NOT NULL DEFAULT 'b', CONSTRAINT c CHECK (a > 0)) PARTITION BY LIST (a);
CREATE INDEX p_b ON p (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);

-- case: a table that references gets a key that is referenced at once
-- from
CREATE TABLE a (x int);
CREATE TABLE b (x int);
-- to
CREATE TABLE a (x int PRIMARY KEY, y int UNIQUE);
CREATE TABLE b (x int PRIMARY KEY REFERENCES a, y int UNIQUE REFERENCES a (y));
ALTER TABLE a ADD FOREIGN KEY (y) REFERENCES b (y);

-- case: a column is replaced by one of the same name after a key goes
-- from
CREATE TABLE a (id int PRIMARY KEY, code text);
CREATE TABLE b (a_id int REFERENCES a, n int);
-- to
CREATE TABLE a (id int, code text PRIMARY KEY);
CREATE TABLE b (a_id text REFERENCES a, n int);

-- case: a sequence is shared, one table of which goes, and its default stays
-- from
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id int NOT NULL DEFAULT nextval('a_id_seq'));
-- to
CREATE SEQUENCE ids AS integer;
CREATE TABLE b (id int NOT NULL DEFAULT nextval('ids'));

-- case: a view stands on a table that is made anew as another kind
-- from
CREATE TABLE a (x int);
CREATE VIEW v AS SELECT x FROM a;
-- to
CREATE VIEW a AS SELECT 1 AS x;
CREATE VIEW v AS SELECT x FROM a;

-- case: the columns of a view are a table's row type
-- from
CREATE TABLE t (a int, b text);
CREATE FUNCTION f(t) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1.b';
CREATE VIEW v AS SELECT t.f FROM t;
-- to
CREATE TABLE t (a int, b text, c int);
CREATE FUNCTION f(t) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1.b || $1.c';
CREATE VIEW v AS SELECT t.f, t.c FROM t;

-- case: a function returns a set of a table that changes
-- from
CREATE TABLE t (a int, b text);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql STABLE AS 'SELECT * FROM t';
-- to
CREATE TABLE t (a bigint, c date);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql STABLE AS 'SELECT * FROM t';

-- case: a check over the whole row and an index of it
-- from
CREATE TABLE t (a int, b int);
-- to
CREATE TABLE t (a int, b int, CONSTRAINT not_empty CHECK (num_nonnulls(a, b) > 0), CONSTRAINT row_check CHECK (t.* IS NOT NULL OR a = 0));

-- case: an enum is replaced under a column, an index, a check and a default
-- rows: INSERT INTO t VALUES ('b')
-- same: SELECT m::text FROM t
-- from
CREATE TYPE mood AS ENUM ('a', 'b', 'gone');
CREATE TABLE t (m mood NOT NULL DEFAULT 'a', CONSTRAINT k CHECK (m <> 'b' OR m = 'b'));
CREATE INDEX i ON t (m) WHERE m = 'a';
CREATE VIEW v AS SELECT m FROM t;
-- to
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE t (m mood NOT NULL DEFAULT 'a', CONSTRAINT k CHECK (m <> 'b' OR m = 'b'));
CREATE INDEX i ON t (m) WHERE m = 'a';
CREATE VIEW v AS SELECT m FROM t;

-- case: a domain gets a length under a column
-- rows: INSERT INTO t VALUES ('b')
-- same: SELECT m::text FROM t
-- from
CREATE DOMAIN code AS varchar(10);
CREATE TABLE t (m code NOT NULL DEFAULT 'a');
-- to
CREATE DOMAIN code AS varchar(10) DEFAULT 'x' CHECK (VALUE <> '');
CREATE TABLE t (m code NOT NULL DEFAULT 'a', n code);

-- case: nothing but the order of columns, constraints and tables differs
-- from
CREATE TABLE b (x int, y int, CONSTRAINT one CHECK (x > 0), CONSTRAINT two CHECK (y > 0));
CREATE TABLE a (x int);
-- to
CREATE TABLE a (x int);
CREATE TABLE b (y int, x int, CONSTRAINT two CHECK (y > 0), CONSTRAINT one CHECK (x > 0));

-- case: two tables exchange their names
-- rename: a=tmp
-- rename: b=a
-- rename: tmp=b
-- from
CREATE TABLE a (x int);
CREATE TABLE b (y text);
-- to
CREATE TABLE b (x int);
CREATE TABLE a (y text);

-- case: an index that is not there any more under a name that a table takes
-- from
CREATE TABLE t (a int);
CREATE INDEX u ON t (a);
-- to
CREATE TABLE t (a int);
CREATE TABLE u (a int);

-- case: a table under a name that a sequence had, and a type's
-- from
CREATE SEQUENCE a;
CREATE TYPE b AS (x int);
CREATE TABLE c (x int);
-- to
CREATE TABLE a (x int);
CREATE TABLE b (x int);
CREATE TYPE c AS ENUM ('x');

-- case: bounds change while the partitioned table changes
-- rows: INSERT INTO p VALUES (5, 'x', 1)
-- same: SELECT a, c::text FROM p
-- from
CREATE TABLE p (a int, b text, c int DEFAULT 1) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE INDEX p_c ON p (c);
-- to
CREATE TABLE p (a int NOT NULL, c bigint NOT NULL DEFAULT 2, d text DEFAULT 'd', CONSTRAINT k CHECK (a > 0), PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (12);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (12) TO (20);
CREATE UNIQUE INDEX p_c ON p (c, a);

-- case: a table joins a partitioned one that changes too
-- one way: what it got stays with it
-- rows: INSERT INTO t VALUES (5)
-- same: SELECT a FROM t
-- from
CREATE TABLE p (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t (a int);
-- to
CREATE TABLE p (a int NOT NULL, b text, c int DEFAULT 3 CHECK (c > 0), PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE TABLE t PARTITION OF p FOR VALUES FROM (1) TO (12);
CREATE INDEX p_b ON p (b);

-- case: a table joins a parent that has more
-- rows: INSERT INTO t VALUES (5)
-- same: SELECT a FROM t
-- one way: a column that was its own stays so
-- from
CREATE TABLE p (a int NOT NULL CONSTRAINT k CHECK (a > 0), b text DEFAULT 'b');
CREATE TABLE t (a int);
-- to
CREATE TABLE p (a int NOT NULL CONSTRAINT k CHECK (a > 0), b text DEFAULT 'b');
CREATE TABLE t (a int NOT NULL CONSTRAINT k CHECK (a > 0), b text DEFAULT 'b');
ALTER TABLE t INHERIT p;

-- case: a partition leaves that has more than it will
-- one way: what it had is had again by the partitioned table alone
-- rows: INSERT INTO p1 VALUES (1, 'x', 1)
-- same: SELECT a FROM p1
-- from
CREATE TABLE a (id int PRIMARY KEY);
INSERT INTO a VALUES (1);
CREATE TABLE p (a int NOT NULL, b text NOT NULL DEFAULT 'b', c int REFERENCES a, CONSTRAINT k CHECK (a > 0), PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE INDEX p_b ON p (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE p (a int NOT NULL, b text NOT NULL DEFAULT 'b', c int REFERENCES a, CONSTRAINT k CHECK (a > 0), PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE INDEX p_b ON p (b);
CREATE TABLE p1 (a int, b text);

-- case: a child leaves that has more than it will
-- one way: what was its own stays so
-- rows: INSERT INTO c VALUES (1, 'x')
-- same: SELECT a FROM c
-- from
CREATE TABLE p (a int NOT NULL, b text NOT NULL DEFAULT 'b', CONSTRAINT k CHECK (a > 0));
CREATE TABLE c () INHERITS (p);
-- to
CREATE TABLE p (a int NOT NULL, b text NOT NULL DEFAULT 'b', CONSTRAINT k CHECK (a > 0));
CREATE TABLE c (a int);

-- case: the partitioned table goes, and a partition stays with less
-- one way: what was its own stays so
-- from
CREATE TABLE p (a int NOT NULL, b text NOT NULL DEFAULT 'b', CONSTRAINT k CHECK (a > 0), PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE INDEX p_b ON p (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- to
CREATE TABLE p1 (a int NOT NULL, b text);
