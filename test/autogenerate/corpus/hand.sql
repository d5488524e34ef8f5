-- case: local indexes of partitions beside those of the table, and one of a partition alone
-- from
CREATE TABLE p (id int NOT NULL, fizz text, buzz real) PARTITION BY LIST (fizz);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('1'); CREATE TABLE p2 PARTITION OF p FOR VALUES IN ('2'); CREATE TABLE p3 PARTITION OF p FOR VALUES IN ('3');
CREATE INDEX some_idx ON p (id);
CREATE INDEX local1 ON p1 (buzz);
CREATE UNIQUE INDEX u1 ON p1 (id); CREATE UNIQUE INDEX u2 ON p2 (id); CREATE UNIQUE INDEX u3 ON p3 (id);
-- to
CREATE TABLE p (id int NOT NULL, fizz text, buzz real) PARTITION BY LIST (fizz);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('1'); CREATE TABLE p2 PARTITION OF p FOR VALUES IN ('2'); CREATE TABLE p3 PARTITION OF p FOR VALUES IN ('3');
CREATE INDEX some_idx ON p (id DESC, buzz);
CREATE INDEX local2 ON p1 (buzz);
CREATE UNIQUE INDEX u1 ON p1 (buzz); CREATE UNIQUE INDEX u2 ON p2 (id); ALTER TABLE p3 ADD CONSTRAINT u3 PRIMARY KEY (id);

-- case: indexes of partitions are attached to one of the table that was made for it alone
-- from
CREATE TABLE p (id int, a int) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
CREATE INDEX i ON ONLY p (a); CREATE INDEX i1 ON p1 (a); CREATE INDEX i2 ON p2 (a);
ALTER INDEX i ATTACH PARTITION i1;
-- to
CREATE TABLE p (id int, a int) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
CREATE INDEX i ON ONLY p (a); CREATE INDEX i1 ON p1 (a); CREATE INDEX i2 ON p2 (a);
ALTER INDEX i ATTACH PARTITION i1; ALTER INDEX i ATTACH PARTITION i2;

-- case: a table's index is not of all its partitions
-- from
CREATE TABLE p (id int, a int) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
-- to
CREATE TABLE p (id int, a int) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
CREATE INDEX i ON ONLY p (a); CREATE INDEX i1 ON p1 (a);
ALTER INDEX i ATTACH PARTITION i1;

-- case: primary keys of a partitioned table and of its partitions
-- from
CREATE TABLE p (id int, a int NOT NULL) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
ALTER TABLE p1 ADD CONSTRAINT p1_key PRIMARY KEY (a);
ALTER TABLE p2 ADD CONSTRAINT p2_key UNIQUE (a);
-- to
CREATE TABLE p (id int, a int NOT NULL) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
ALTER TABLE p ADD CONSTRAINT p_key PRIMARY KEY (id, a);
ALTER TABLE p2 ADD CONSTRAINT p2_key UNIQUE (a);

-- case: foreign keys to a key of one partition, and of partitions alone
-- from
CREATE TABLE p (id int, a int NOT NULL) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
ALTER TABLE p1 ADD UNIQUE (a);
CREATE TABLE r (a int REFERENCES p1 (a));
CREATE TABLE s (a int PRIMARY KEY);
ALTER TABLE p1 ADD CONSTRAINT own FOREIGN KEY (a) REFERENCES s;
-- to
CREATE TABLE p (id int, a int NOT NULL, UNIQUE (id, a)) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
CREATE TABLE r (a int, id int, FOREIGN KEY (id, a) REFERENCES p (id, a));
CREATE TABLE s (a int PRIMARY KEY);
ALTER TABLE p ADD CONSTRAINT own FOREIGN KEY (a) REFERENCES s;

-- case: a partition is dropped and another of its bounds comes, under a foreign key to the table
-- from
CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE r (id int REFERENCES p);
-- to
CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (1) TO (5); CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (5) TO (10);
CREATE TABLE r (id int REFERENCES p);

-- case: a sequence's lower limit is above where it is, a serial's and an identity's too
-- from
CREATE SEQUENCE s; CREATE TABLE t (a serial, b int GENERATED ALWAYS AS IDENTITY, c smallserial);
-- to
CREATE SEQUENCE s MINVALUE 100 START 100; CREATE TABLE t (a serial, b int GENERATED ALWAYS AS IDENTITY (MINVALUE 50 START 60 MAXVALUE 99 CYCLE), c bigserial);
ALTER SEQUENCE t_a_seq MINVALUE 10 START 10 RESTART INCREMENT 5;

-- case: a table with a serial becomes one with an identity of another type
-- from
CREATE TABLE t (id serial PRIMARY KEY, n text); CREATE TABLE u (t int REFERENCES t);
-- to
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n text); CREATE TABLE u (t bigint REFERENCES t);

-- case: an enum's labels are used in an array's default, a domain, a function's default and a partition's bound
-- from
CREATE TYPE e AS ENUM ('a', 'b');
CREATE DOMAIN d AS e DEFAULT 'a' CHECK (VALUE <> 'b');
CREATE FUNCTION f(x e DEFAULT 'a') RETURNS e LANGUAGE sql IMMUTABLE AS 'SELECT x';
CREATE TABLE t (a e[] DEFAULT ARRAY['a']::e[], b e DEFAULT f());

-- to
CREATE TYPE e AS ENUM ('a', 'c', 'b');
CREATE DOMAIN d AS e DEFAULT 'c' CHECK (VALUE <> 'b');
CREATE FUNCTION f(x e DEFAULT 'c') RETURNS e LANGUAGE sql IMMUTABLE AS 'SELECT x';
CREATE TABLE t (a e[] DEFAULT ARRAY['a', 'c']::e[], b e DEFAULT f());


-- case: a view's column gets another type, under rules, triggers, privileges and comments, three deep
-- from
CREATE TABLE t (id int PRIMARY KEY, n int);
CREATE VIEW a AS SELECT id, n FROM t; CREATE VIEW b AS SELECT id, n FROM a WITH CHECK OPTION; CREATE VIEW c WITH (security_barrier) AS SELECT b.id, t.n FROM b JOIN t USING (id);
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER tr INSTEAD OF INSERT ON c FOR EACH ROW EXECUTE FUNCTION g();
CREATE RULE r AS ON DELETE TO c DO INSTEAD DELETE FROM t WHERE id = OLD.id;
GRANT SELECT (n) ON c TO pg_monitor; COMMENT ON COLUMN c.n IS 'n'; COMMENT ON VIEW b IS 'b';
-- to
CREATE TABLE t (id int PRIMARY KEY, n numeric(10,2) NOT NULL DEFAULT 0);
CREATE VIEW a AS SELECT id, n FROM t; CREATE VIEW b AS SELECT id, n FROM a WITH CHECK OPTION; CREATE VIEW c WITH (security_barrier) AS SELECT b.id, t.n FROM b JOIN t USING (id);
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER tr INSTEAD OF INSERT ON c FOR EACH ROW EXECUTE FUNCTION g();
CREATE RULE r AS ON DELETE TO c DO INSTEAD DELETE FROM t WHERE id = OLD.id;
GRANT SELECT (n) ON c TO pg_monitor; COMMENT ON COLUMN c.n IS 'n'; COMMENT ON VIEW b IS 'b';

-- case: functions and tables that need each other's row types in a circle
-- from
CREATE TABLE t (id int);
-- to
CREATE TABLE t (id int, n int);
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.id';
CREATE TABLE u (t t, n int, CHECK (f(t) > 0));
CREATE FUNCTION g(u) RETURNS t LANGUAGE sql IMMUTABLE AS 'SELECT $1.t';
CREATE FUNCTION all_of() RETURNS SETOF u LANGUAGE sql STABLE AS 'SELECT * FROM u';
CREATE VIEW v AS SELECT (g(u)).id, all_of FROM u, all_of();

-- case: a table in a schema gets a column under a view
-- from
CREATE SCHEMA s; CREATE TABLE s.x (a int);
CREATE VIEW s.v AS SELECT a FROM s.x;
-- to
CREATE SCHEMA s; CREATE TABLE s.x (a int, "B" text COLLATE "C" DEFAULT 'it''s');
CREATE VIEW s.v AS SELECT a, "B" FROM s.x;

-- case: policies of all commands become others, and row security is forced
-- from
CREATE TABLE t (id int, o name DEFAULT current_user); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON t USING (o = current_user); CREATE POLICY b ON t AS RESTRICTIVE FOR INSERT TO pg_monitor WITH CHECK (id > 0);
CREATE POLICY c ON t FOR UPDATE USING (id > 0) WITH CHECK (id > 1);
-- to
CREATE TABLE t (id bigint, o name DEFAULT current_user); ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY a ON t AS RESTRICTIVE USING (o = current_user); CREATE POLICY b ON t FOR INSERT TO pg_monitor, pg_read_all_stats WITH CHECK (id > 0);
CREATE POLICY c ON t FOR UPDATE USING (id > 0);

-- case: a function's OUT parameters, volatility, cost, settings and security change at once
-- from
CREATE FUNCTION f(a int, OUT b int, OUT c text) LANGUAGE sql AS 'SELECT a, ''x''';
CREATE FUNCTION g(VARIADIC a int[] DEFAULT '{}') RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE PROCEDURE p(INOUT a int) LANGUAGE plpgsql AS $$BEGIN a := 1; END$$;
CREATE VIEW v AS SELECT (f(1)).c, g(1, 2);
-- to
CREATE FUNCTION f(a int, OUT b int, OUT c text, OUT d date) STABLE STRICT SECURITY DEFINER SET search_path = '' COST 5 LANGUAGE sql AS 'SELECT a, ''x'', NULL::date';
CREATE FUNCTION g(VARIADIC a int[] DEFAULT '{1}') RETURNS int LANGUAGE sql IMMUTABLE LEAKPROOF PARALLEL SAFE AS 'SELECT 2';
CREATE PROCEDURE p(INOUT a int, b text DEFAULT NULL) LANGUAGE plpgsql AS $$BEGIN a := 2; END$$;
CREATE VIEW v AS SELECT (f(1)).c, g(1, 2);

-- case: constraint triggers, deferred, with arguments, from another table
-- from
CREATE TABLE t (id int); CREATE TABLE u (id int);
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE CONSTRAINT TRIGGER a AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION g('x');
-- to
CREATE TABLE t (id int); CREATE TABLE u (id int);
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE CONSTRAINT TRIGGER a AFTER INSERT OR DELETE ON t FROM u DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION g('x', 'y z');
CREATE TRIGGER b AFTER UPDATE ON u REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION g();

-- case: an exclusion constraint of ranges and a check over several columns
-- from
CREATE TABLE t (room int, during tsrange, a int, b int, CHECK (a < b));
-- to
CREATE TABLE t (room int, during tstzrange, a bigint, b bigint, CONSTRAINT t_check CHECK (a <= b), EXCLUDE USING gist (during WITH &&) WHERE (room > 0));

-- case: a text with a check becomes an enum, and an enum with one a text
-- from
CREATE TYPE f AS ENUM ('x', 'y');
CREATE TABLE t (a text DEFAULT 'x' CHECK (a IN ('x', 'y')), b f DEFAULT 'x' NOT NULL); CREATE INDEX i ON t (a, b) WHERE b = 'x';
-- to
CREATE TYPE e AS ENUM ('x', 'y');
CREATE TABLE t (a e DEFAULT 'x', b text DEFAULT 'x' NOT NULL CHECK (b IN ('x', 'y'))); CREATE INDEX i ON t (a, b) WHERE b = 'x';

-- case: a generated column from columns that come and go, with an index and a key of it
-- from
CREATE TABLE t (a int, b int, s int GENERATED ALWAYS AS (a + b) STORED UNIQUE); CREATE INDEX i ON t (s, a); CREATE VIEW v AS SELECT s FROM t;
-- to
CREATE TABLE t (a bigint, c int, s bigint GENERATED ALWAYS AS (a + c) STORED UNIQUE); CREATE INDEX i ON t (s, a); CREATE VIEW v AS SELECT s FROM t;

-- case: two schemas with tables of one name that reference each other, one moves its sequence
-- from
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TABLE a.t (id serial PRIMARY KEY); CREATE TABLE b.t (id serial PRIMARY KEY, a int REFERENCES a.t); ALTER TABLE a.t ADD b int REFERENCES b.t;
-- to
CREATE SCHEMA a; CREATE SCHEMA c;
CREATE TABLE a.t (id serial PRIMARY KEY); CREATE TABLE c.t (id serial PRIMARY KEY, a int REFERENCES a.t ON DELETE CASCADE); ALTER TABLE a.t ADD b int REFERENCES c.t DEFERRABLE;

-- case: inheritance of two parents whose common column changes
-- from
CREATE TABLE a (id int, n int CHECK (n > 0)); CREATE TABLE b (id int, m int); CREATE TABLE c (x int) INHERITS (a, b); CREATE INDEX i ON c (id);
-- to
CREATE TABLE a (id int, n int CHECK (n > 1), k text DEFAULT 'k'); CREATE TABLE b (id int, m int NOT NULL); CREATE TABLE c (x int) INHERITS (a, b); CREATE INDEX i ON c (id, k);
