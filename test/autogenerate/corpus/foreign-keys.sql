-- case: foreign keys of all actions come
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int, b int, c int, d int, e int);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int REFERENCES a ON DELETE CASCADE, b int REFERENCES a ON DELETE SET NULL ON UPDATE CASCADE, c int DEFAULT 1 REFERENCES a ON DELETE SET DEFAULT ON UPDATE SET DEFAULT,
  d int REFERENCES a ON DELETE RESTRICT ON UPDATE RESTRICT, e int REFERENCES a ON UPDATE SET NULL DEFERRABLE);

-- case: the actions of foreign keys change
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int REFERENCES a ON DELETE CASCADE, b int REFERENCES a, c int REFERENCES a ON UPDATE CASCADE ON DELETE RESTRICT);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int REFERENCES a, b int REFERENCES a ON DELETE SET NULL, c int REFERENCES a ON UPDATE SET DEFAULT ON DELETE RESTRICT);

-- case: when foreign keys are checked
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int REFERENCES a, b int REFERENCES a DEFERRABLE, c int REFERENCES a DEFERRABLE INITIALLY DEFERRED, d int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED, b int REFERENCES a, c int REFERENCES a DEFERRABLE, d int REFERENCES a);

-- case: two tables that reference each other come
-- from
CREATE TABLE other (id int);
-- to
CREATE TABLE other (id int);
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;

-- case: three tables in a circle, one of itself, in two schemas
-- from
CREATE SCHEMA x;
-- to
CREATE SCHEMA x;
CREATE TABLE x.c (id int PRIMARY KEY, n int);
CREATE TABLE b (id int PRIMARY KEY, c int REFERENCES x.c);
CREATE TABLE x.a (id int PRIMARY KEY, b int NOT NULL REFERENCES b, up int REFERENCES x.a);
ALTER TABLE x.c ADD CONSTRAINT c_to_a FOREIGN KEY (n) REFERENCES x.a DEFERRABLE;

-- case: a circle of tables loses a table
-- from
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
-- to
CREATE TABLE a (id int PRIMARY KEY, b int);

-- case: a table is replaced in a chain of references
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
CREATE TABLE c (id int PRIMARY KEY, b int REFERENCES b);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE d (id int PRIMARY KEY, a int REFERENCES a);
CREATE TABLE c (id int PRIMARY KEY, b int REFERENCES d);

-- case: a foreign key to another table by the same name
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE c (x int, CONSTRAINT f FOREIGN KEY (x) REFERENCES a);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE c (x int, CONSTRAINT f FOREIGN KEY (x) REFERENCES b);

-- case: composite foreign keys, some of which match in full
-- from
CREATE TABLE a (x int, y int, z int, PRIMARY KEY (x, y), UNIQUE (y, z));
CREATE TABLE b (x int, y int, z int, CONSTRAINT f FOREIGN KEY (x, y) REFERENCES a);
-- to
CREATE TABLE a (x int, y int, z int, PRIMARY KEY (x, y), UNIQUE (y, z));
CREATE TABLE b (x int, y int, z int, CONSTRAINT f FOREIGN KEY (x, y) REFERENCES a MATCH FULL, CONSTRAINT g FOREIGN KEY (y, z) REFERENCES a (y, z) ON DELETE CASCADE);

-- case: the columns of a foreign key in another order
-- from
CREATE TABLE a (x int, y int, UNIQUE (x, y));
CREATE TABLE b (x int, y int, CONSTRAINT f FOREIGN KEY (x, y) REFERENCES a (x, y));
-- to
CREATE TABLE a (x int, y int, UNIQUE (x, y));
CREATE TABLE b (x int, y int, CONSTRAINT f FOREIGN KEY (y, x) REFERENCES a (x, y));

-- case: some columns are set to NULL
-- since: 15
-- from
CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE b (x int NOT NULL, y int, CONSTRAINT f FOREIGN KEY (x, y) REFERENCES a ON DELETE SET NULL);
-- to
CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE b (x int NOT NULL, y int, z int DEFAULT 0, CONSTRAINT f FOREIGN KEY (x, y) REFERENCES a ON DELETE SET NULL (y), CONSTRAINT g FOREIGN KEY (x, z) REFERENCES a ON DELETE SET DEFAULT (z));

-- case: foreign keys that were not checked
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (x int, y int);
ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES a NOT VALID;
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (x int, y int);
ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES a;
ALTER TABLE b ADD CONSTRAINT g FOREIGN KEY (y) REFERENCES a NOT VALID;

-- case: a foreign key that was not checked is deferrable now
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (x int);
ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES a NOT VALID;
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (x int);
ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES a DEFERRABLE NOT VALID;

-- case: foreign keys that are not enforced
-- since: 18
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (x int, y int, z int, CONSTRAINT f FOREIGN KEY (x) REFERENCES a NOT ENFORCED, CONSTRAINT g FOREIGN KEY (y) REFERENCES a);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (x int, y int, z int, CONSTRAINT f FOREIGN KEY (x) REFERENCES a, CONSTRAINT g FOREIGN KEY (y) REFERENCES a NOT ENFORCED, CONSTRAINT h FOREIGN KEY (z) REFERENCES a ON DELETE CASCADE NOT ENFORCED);

-- case: a foreign key to a table that gets the column only now
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (x text);
-- to
CREATE TABLE a (id int PRIMARY KEY, code text NOT NULL DEFAULT '' CONSTRAINT codes UNIQUE);
CREATE TABLE b (x text REFERENCES a (code));

-- case: a referenced key gets more columns to include
-- rows: INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (1)
-- same: SELECT a.id, n FROM a JOIN b ON a.id = b.a
-- from
CREATE TABLE a (id int, n int, CONSTRAINT k PRIMARY KEY (id));
CREATE TABLE b (a int CONSTRAINT f REFERENCES a ON DELETE CASCADE);
COMMENT ON CONSTRAINT f ON b IS 'to a';
-- to
CREATE TABLE a (id int, n int, CONSTRAINT k PRIMARY KEY (id) INCLUDE (n));
CREATE TABLE b (a int CONSTRAINT f REFERENCES a ON DELETE CASCADE);
COMMENT ON CONSTRAINT f ON b IS 'to a';

-- case: the type of both ends of a self reference changes
-- rows: INSERT INTO t VALUES ('1', NULL), ('2', '1')
-- same: SELECT id::text, up::text FROM t ORDER BY 1
-- from
CREATE TABLE t (id text PRIMARY KEY, up text REFERENCES t ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
-- to
CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);

-- case: a referenced table goes, and its references
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
CREATE TABLE c (b int REFERENCES b, a int REFERENCES a);
-- to
CREATE TABLE b (id int PRIMARY KEY, a int);
CREATE TABLE c (b int REFERENCES b);

-- case: a table that references goes
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
CREATE TABLE c (b int REFERENCES b);
-- to
CREATE TABLE a (id int PRIMARY KEY);

-- case: foreign keys between unlogged and typed tables
-- from
CREATE TYPE row_of AS (id int, a int);
-- to
CREATE TYPE row_of AS (id int, a int);
CREATE UNLOGGED TABLE u (id int PRIMARY KEY, n int REFERENCES u);
CREATE TABLE t OF row_of (PRIMARY KEY (id), FOREIGN KEY (a) REFERENCES t);
