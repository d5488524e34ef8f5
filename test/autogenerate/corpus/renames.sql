-- case: a table has another name, told
-- rename: a=b
-- rows: INSERT INTO a VALUES (1, 'x')
-- same: SELECT count(*) FROM pg_class c, query_to_xml('SELECT * FROM ' || c.oid::regclass, false, true, '') x WHERE relname IN ('a', 'b') AND x::text LIKE '%x%'
-- from
CREATE TABLE a (id serial PRIMARY KEY, x text NOT NULL CHECK (x <> ''));
CREATE INDEX a_x ON a (x);
COMMENT ON TABLE a IS 'the table';
GRANT SELECT ON a TO pg_monitor;
-- to
CREATE TABLE b (id serial PRIMARY KEY, x text NOT NULL CHECK (x <> ''));
CREATE INDEX a_x ON b (x);
COMMENT ON TABLE b IS 'the table';
GRANT SELECT ON b TO pg_monitor;

-- case: a table has another name and what hangs on it the old ones
-- rename: a=b
-- from
CREATE TABLE a (id serial PRIMARY KEY, x text UNIQUE);
CREATE TABLE c (a int REFERENCES a);
CREATE VIEW v AS SELECT x FROM a;
-- to
CREATE TABLE a (id serial PRIMARY KEY, x text UNIQUE);
CREATE TABLE c (a int REFERENCES a);
CREATE VIEW v AS SELECT x FROM a;
ALTER TABLE a RENAME TO b;

-- case: a column has another name
-- rename: t.a=b
-- rows: INSERT INTO t VALUES (1, 2)
-- same: SELECT id FROM t
-- from
CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE CHECK (a > 0));
CREATE INDEX i ON t (a) WHERE a > 5;
CREATE VIEW v AS SELECT a FROM t;
-- to
CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE CHECK (a > 0));
CREATE INDEX i ON t (a) WHERE a > 5;
CREATE VIEW v AS SELECT a FROM t;
ALTER TABLE t RENAME a TO b;

-- case: a column has another name and another type
-- rename: t.a=b
-- rows: INSERT INTO t VALUES (1, 2)
-- same: SELECT id FROM t WHERE (to_jsonb(t) - 'id') @> to_jsonb(t) - 'id'
-- from
CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 1);
-- to
CREATE TABLE t (id int PRIMARY KEY, b bigint NOT NULL DEFAULT 2);

-- case: two columns exchange their names
-- rename: t.a=c
-- rename: t.c=b
-- from
CREATE TABLE t (a int, b text);
-- to
CREATE TABLE t (b int, c text);

-- case: indexes, constraints and sequences have other names
-- from
CREATE TABLE t (id int CONSTRAINT k PRIMARY KEY, a int CONSTRAINT u UNIQUE, b int CONSTRAINT f REFERENCES t, CONSTRAINT c CHECK (a > 0), CONSTRAINT e EXCLUDE USING btree (b WITH =));
CREATE INDEX i ON t (b);
CREATE SEQUENCE s START 5;
CREATE STATISTICS st ON a, b FROM t;
COMMENT ON INDEX i IS 'index';
-- to
CREATE TABLE t (id int CONSTRAINT k2 PRIMARY KEY, a int CONSTRAINT u2 UNIQUE, b int CONSTRAINT f2 REFERENCES t, CONSTRAINT c2 CHECK (a > 0), CONSTRAINT e2 EXCLUDE USING btree (b WITH =));
CREATE INDEX i2 ON t (b);
CREATE SEQUENCE s2 START 5;
CREATE STATISTICS st2 ON a, b FROM t;
COMMENT ON INDEX i2 IS 'index';

-- case: a table moves to another schema
-- rename: public.t=app.t
-- rows: INSERT INTO t (a) VALUES (7)
-- from
CREATE SCHEMA app;
CREATE TABLE t (id serial PRIMARY KEY, a int);
CREATE INDEX t_a ON t (a);
CREATE TABLE u (t int REFERENCES t);
-- to
CREATE SCHEMA app;
CREATE TABLE app.t (id serial PRIMARY KEY, a int);
CREATE INDEX t_a ON app.t (a);
CREATE TABLE u (t int REFERENCES app.t);

-- case: a table moves to another schema and has another name
-- rename: app.t=other.u
-- from
CREATE SCHEMA app;
CREATE SCHEMA other;
CREATE TABLE app.t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int);
CREATE INDEX t_a ON app.t (a);
-- to
CREATE SCHEMA app;
CREATE SCHEMA other;
CREATE TABLE other.u (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int);
CREATE INDEX u_a ON other.u (a);

-- case: a sequence and a view move to another schema
-- rename: public.s=app.s
-- rename: public.v=app.v
-- from
CREATE SCHEMA app;
CREATE SEQUENCE s START 9;
CREATE VIEW v AS SELECT 1 AS a;
-- to
CREATE SCHEMA app;
CREATE SEQUENCE app.s START 9;
CREATE VIEW app.v AS SELECT 1 AS a;

-- case: a partitioned table has another name, and one of its partitions
-- rename: p=q
-- rename: p1=q1
-- from
CREATE TABLE p (id int PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE INDEX p_a ON p (a);
-- to
CREATE TABLE q (id int PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE q1 PARTITION OF q FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF q FOR VALUES FROM (10) TO (20);
CREATE INDEX q_a ON q (a);

-- case: a column of a partitioned table and of a parent has another name
-- rename: p.a=b
-- rename: i.a=b
-- from
CREATE TABLE p (id int, a text) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE i (a int);
CREATE TABLE j (c int) INHERITS (i);
-- to
CREATE TABLE p (id int, b text) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE i (b int);
CREATE TABLE j (c int) INHERITS (i);

-- case: what is alike but told to be another is dropped
-- rename: t.a=
-- from
CREATE TABLE t (id int, a int);
-- to
CREATE TABLE t (id int, b int);

-- case: a serial's table has another name and its sequence the old one
-- rename: a=b
-- from
CREATE TABLE a (id serial);
-- to
CREATE TABLE b (id serial);
ALTER SEQUENCE b_id_seq RENAME TO a_id_seq;

-- case: an identity's table and column have other names
-- rename: a=b
-- rename: b.id=no
-- rows: INSERT INTO a DEFAULT VALUES
-- from
CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY (START 5));
-- to
CREATE TABLE b (no int GENERATED ALWAYS AS IDENTITY (START 5));

-- case: a column has another name under everything
-- rename: t.a=b
-- from
CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a + 1) STORED, CONSTRAINT k CHECK (a > 0), CONSTRAINT x EXCLUDE USING btree (a WITH =));
CREATE INDEX i ON t ((a + 1));
CREATE STATISTICS s ON a, c FROM t;
CREATE VIEW v AS SELECT a AS b FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f();
CREATE POLICY p ON t USING (a > 0);
-- to
CREATE TABLE t (b int, c int GENERATED ALWAYS AS (b + 1) STORED, CONSTRAINT k CHECK (b > 0), CONSTRAINT x EXCLUDE USING btree (b WITH =));
CREATE INDEX i ON t ((b + 1));
CREATE STATISTICS s ON b, c FROM t;
CREATE VIEW v AS SELECT b FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER g BEFORE UPDATE OF b ON t FOR EACH ROW WHEN (NEW.b > 0) EXECUTE FUNCTION f();
CREATE POLICY p ON t USING (b > 0);
