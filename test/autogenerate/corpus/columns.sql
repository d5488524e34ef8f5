-- case: a column becomes longer, shorter and without a length
-- rows: INSERT INTO t VALUES ('ab', 'cd', 'ef', 1.5, '10:00', '2020-01-01 10:00')
-- same: SELECT a, b, c, d::text, e::text FROM t
-- from
CREATE TABLE t (a varchar(10), b varchar(20), c varchar(30), d numeric(10,2), e time, f timestamp(3));
-- to
CREATE TABLE t (a varchar(20), b varchar(10), c text, d numeric(12,2), e time(0), f timestamp);

-- case: numbers of other sizes under a primary key and a foreign key
-- rows: INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (1)
-- same: SELECT a.id::text, b.a::text, n::text FROM a JOIN b ON a.id = b.a
-- from
CREATE TABLE a (id integer PRIMARY KEY, n smallint);
CREATE TABLE b (a integer REFERENCES a);
-- to
CREATE TABLE a (id bigint PRIMARY KEY, n numeric);
CREATE TABLE b (a bigint REFERENCES a);

-- case: a text becomes a number, a date, a boolean, a uuid and json
-- rows: INSERT INTO t VALUES ('1', '2020-02-02', 'true', '7c9e6679-7425-40de-944b-e07fc1f90ae7', '{"a": 1}')
-- same: SELECT a::text, b::text, c::text, d::text, e::text FROM t
-- from
CREATE TABLE t (a text, b text, c text, d text, e text);
-- to
CREATE TABLE t (a integer, b date, c boolean, d uuid, e jsonb);

-- case: a number, a date, a boolean, a uuid and json become text
-- from
CREATE TABLE t (a integer, b date, c boolean, d uuid, e jsonb, f inet, g interval, h bytea, i point);
-- to
CREATE TABLE t (a text, b text, c text, d text, e text, f text, g text, h text, i text);

-- case: a text with a default becomes an enum with one
-- rows: INSERT INTO t VALUES (1, 'new'), (2, 'done')
-- same: SELECT id, s::text FROM t ORDER BY id
-- from
CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE t (id int PRIMARY KEY, s text NOT NULL DEFAULT 'new');
CREATE INDEX t_s ON t (s);
-- to
CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'new');
CREATE INDEX t_s ON t (s);

-- case: an enum that comes with the change of a column
-- rows: INSERT INTO t VALUES (1, 'new')
-- same: SELECT id, s::text FROM t
-- from
CREATE TABLE t (id int PRIMARY KEY, s text DEFAULT 'new');
-- to
CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE t (id int PRIMARY KEY, s state DEFAULT 'new');

-- case: a column goes from one enum to another with a default
-- rows: INSERT INTO t VALUES ('a')
-- same: SELECT s::text FROM t
-- from
CREATE TYPE one AS ENUM ('a', 'b');
CREATE TABLE t (s one DEFAULT 'a');
-- to
CREATE TYPE other AS ENUM ('a', 'b', 'c');
CREATE TABLE t (s other DEFAULT 'a');

-- case: a column becomes an array of what it was
-- from
CREATE TABLE t (a text DEFAULT 'x', b integer[], c varchar(3)[]);
-- to
CREATE TABLE t (a text[] DEFAULT '{x}', b bigint[], c text[]);

-- case: arrays of other elements
-- rows: INSERT INTO t VALUES ('{1,2}', '{a}', '{{1,2},{3,4}}')
-- same: SELECT a::text, b::text, c::text FROM t
-- from
CREATE TABLE t (a integer[] DEFAULT '{}', b varchar(3)[] NOT NULL, c smallint[][]);
-- to
CREATE TABLE t (a bigint[] DEFAULT '{}', b text[] NOT NULL, c integer[]);

-- case: a domain as a type comes and goes
-- rows: INSERT INTO t VALUES ('a@b', 5)
-- same: SELECT mail::text, n::text FROM t
-- from
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE t (mail text, n positive DEFAULT 1);
-- to
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE t (mail email, n integer DEFAULT 1);

-- case: a column takes another type with its collation
-- from
CREATE TABLE t (a text COLLATE "C", b text, c varchar(10) COLLATE "POSIX");
CREATE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b COLLATE "C");
-- to
CREATE TABLE t (a text, b text COLLATE "C", c text COLLATE "POSIX");
CREATE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b);

-- case: a text of a collation becomes a number
-- from
CREATE TABLE t (a text COLLATE "C" DEFAULT '1');
-- to
CREATE TABLE t (a integer DEFAULT 1);

-- case: a collation of the schema itself
-- from
CREATE SCHEMA app;
CREATE TABLE app.t (a text);
-- to
CREATE SCHEMA app;
CREATE COLLATION app.plain (locale = 'C');
CREATE TABLE app.t (a text COLLATE app.plain, b varchar(5) COLLATE app.plain NOT NULL DEFAULT '');

-- case: how values are kept
-- from
CREATE TABLE t (a text, b bytea, c jsonb, d numeric);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER b SET STORAGE MAIN;
-- to
CREATE TABLE t (a text, b bytea, c jsonb, d numeric);
ALTER TABLE t ALTER b SET STORAGE PLAIN, ALTER c SET STORAGE EXTERNAL, ALTER d SET STORAGE PLAIN;

-- case: how values are kept when the type changes too
-- from
CREATE TABLE t (a varchar(10), b text);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER b SET STORAGE MAIN;
-- to
CREATE TABLE t (a text, b varchar(10), c text);
ALTER TABLE t ALTER a SET STORAGE MAIN, ALTER c SET STORAGE EXTERNAL;

-- case: a number with a storage of its own becomes a text
-- from
CREATE TABLE t (a integer, b numeric, c text);
ALTER TABLE t ALTER b SET STORAGE PLAIN, ALTER c SET STORAGE EXTERNAL;
-- to
CREATE TABLE t (a text, b integer, c integer);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL;

-- case: compression
-- since: 14
-- from
CREATE TABLE t (a text COMPRESSION pglz, b text, c text);
-- to
CREATE TABLE t (a text, b text COMPRESSION pglz, c text COMPRESSION pglz, d jsonb COMPRESSION pglz);

-- case: compression of a column that gets another type
-- since: 14
-- from
CREATE TABLE t (a text COMPRESSION pglz, b text COMPRESSION pglz, c integer);
-- to
CREATE TABLE t (a varchar(10) COMPRESSION pglz, b integer, c text COMPRESSION pglz);

-- case: statistics and options of columns
-- from
CREATE TABLE t (a text, b integer, c integer);
ALTER TABLE t ALTER a SET STATISTICS 100, ALTER b SET (n_distinct = 5, n_distinct_inherited = -0.5), ALTER c SET STATISTICS 0;
-- to
CREATE TABLE t (a text, b integer, c integer, d integer);
ALTER TABLE t ALTER a SET STATISTICS 500, ALTER b SET (n_distinct_inherited = -1), ALTER d SET STATISTICS 10, ALTER d SET (n_distinct = 7);

-- case: statistics and options stay when the type changes
-- from
CREATE TABLE t (a integer);
ALTER TABLE t ALTER a SET STATISTICS 100, ALTER a SET (n_distinct = 5);
-- to
CREATE TABLE t (a bigint);
ALTER TABLE t ALTER a SET STATISTICS 100, ALTER a SET (n_distinct = 5);

-- case: several columns go and others come
-- rows: INSERT INTO t VALUES (1, 'a', 2, true)
-- same: SELECT id, d FROM t
-- from
CREATE TABLE t (id int PRIMARY KEY, b text, c integer, d boolean);
-- to
CREATE TABLE t (id int PRIMARY KEY, d boolean, e date NOT NULL DEFAULT '2020-01-01', f timestamptz DEFAULT now(), g uuid, h numeric(5,2) CHECK (h > 0));

-- case: a column is dropped that an index, a check, a key and a statistics are of
-- from
CREATE TABLE t (a int, c int, b int, CHECK (b > 0), UNIQUE (b, c), CHECK (a < b), CONSTRAINT only_b CHECK (b < 10));
CREATE INDEX t_b ON t (b);
CREATE INDEX t_ab ON t (a) WHERE b > 0;
CREATE STATISTICS s ON b, c FROM t;
-- to
CREATE TABLE t (a int, c int);

-- case: a dropped column takes its comment and privileges
-- from
CREATE TABLE t (a int, b int);
COMMENT ON COLUMN t.b IS 'the second';
GRANT SELECT (b), UPDATE (b) ON t TO pg_monitor;
-- to
CREATE TABLE t (a int, c int);
COMMENT ON COLUMN t.c IS 'the third';
GRANT SELECT (c) ON t TO pg_monitor;

-- case: a column of another type keeps its comment and privileges
-- from
CREATE TABLE t (a int);
COMMENT ON COLUMN t.a IS 'the first';
GRANT SELECT (a) ON t TO pg_monitor;
-- to
CREATE TABLE t (a bigint);
COMMENT ON COLUMN t.a IS 'the first';
GRANT SELECT (a) ON t TO pg_monitor;

-- case: types of all kinds are added
-- from
CREATE TABLE t (id int);
-- to
CREATE TABLE t (id int, a "char", b char(3), c varchar, d bit(5), e bit varying(9), f interval day to second(3), g timestamptz(0), h time with time zone,
  i money, j inet, k cidr, l macaddr, m box, n polygon, o tsvector, p tsquery, q xml, r json, s int4range, t numrange, u oid, v regclass, w name, x real,
  y double precision, z numeric(10,0), aa interval year, ab character varying(5)[] DEFAULT ARRAY['a'::varchar], ac pg_lsn, ad interval(2));

-- case: types of all kinds change in length
-- from
CREATE TABLE t (b char(3), d bit varying(5), f interval day to second(3), g timestamptz(0), h time(2) with time zone, z numeric(10,0), ac numeric(3), ab interval(2), x bit(3));
-- to
CREATE TABLE t (b char(5), d bit varying(9), f interval, g timestamptz(3), h time with time zone, z numeric, ac numeric(6,3), ab interval(4), x bit varying(3));

-- case: negative scales of numbers
-- since: 15
-- from
CREATE TABLE t (a numeric(3,2), b numeric(2,-3));
-- to
CREATE TABLE t (a numeric(3,5), b numeric(5,-1));

-- case: an integer becomes a moment
-- from
CREATE TABLE t (a bigint);
-- to
CREATE TABLE t (a timestamptz);

-- case: an integer becomes a boolean and a boolean an integer
-- rows: INSERT INTO t VALUES (1, true)
-- same: SELECT a::int::text, b::int::text FROM t
-- from
CREATE TABLE t (a integer DEFAULT 0, b boolean DEFAULT false);
-- to
CREATE TABLE t (a boolean DEFAULT false, b integer DEFAULT 0);

-- case: json becomes jsonb under an index
-- rows: INSERT INTO t VALUES ('{"a": 1}')
-- same: SELECT (a -> 'a')::text AS a FROM t
-- from
CREATE TABLE t (a json);
CREATE INDEX t_a ON t ((a ->> 'a'));
-- to
CREATE TABLE t (a jsonb);
CREATE INDEX t_a ON t ((a ->> 'a'));
CREATE INDEX t_g ON t USING gin (a);

-- case: a column of another type under everything at once
-- rows: INSERT INTO t VALUES (1, 1), (2, 2)
-- same: SELECT id::text, up::text FROM t ORDER BY id
-- from
CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t (id), CONSTRAINT c CHECK (up <= id), CONSTRAINT u UNIQUE (id, up));
CREATE INDEX t_up ON t (up) WHERE up > 0;
CREATE INDEX t_e ON t ((up + 1));
CREATE STATISTICS s ON id, up FROM t;
CREATE VIEW v AS SELECT up FROM t;
CREATE VIEW w AS SELECT up FROM v;
CREATE MATERIALIZED VIEW m AS SELECT up FROM w;
CREATE UNIQUE INDEX m_up ON m (up);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER g BEFORE UPDATE OF up ON t FOR EACH ROW WHEN (NEW.up > 0) EXECUTE FUNCTION f();
CREATE POLICY p ON t USING (up > 0);
GRANT SELECT ON v, w, m TO pg_monitor;
COMMENT ON VIEW w IS 'second';
COMMENT ON CONSTRAINT c ON t IS 'below';
COMMENT ON INDEX t_up IS 'up';
-- to
CREATE TABLE t (id bigint PRIMARY KEY, up bigint REFERENCES t (id), CONSTRAINT c CHECK (up <= id), CONSTRAINT u UNIQUE (id, up));
CREATE INDEX t_up ON t (up) WHERE up > 0;
CREATE INDEX t_e ON t ((up + 1));
CREATE STATISTICS s ON id, up FROM t;
CREATE VIEW v AS SELECT up FROM t;
CREATE VIEW w AS SELECT up FROM v;
CREATE MATERIALIZED VIEW m AS SELECT up FROM w;
CREATE UNIQUE INDEX m_up ON m (up);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER g BEFORE UPDATE OF up ON t FOR EACH ROW WHEN (NEW.up > 0) EXECUTE FUNCTION f();
CREATE POLICY p ON t USING (up > 0);
GRANT SELECT ON v, w, m TO pg_monitor;
COMMENT ON VIEW w IS 'second';
COMMENT ON CONSTRAINT c ON t IS 'below';
COMMENT ON INDEX t_up IS 'up';

-- case: names that have to be quoted
-- from
CREATE SCHEMA "My App";
CREATE TABLE "My App"."The Table" ("the id" int PRIMARY KEY, "select" text DEFAULT 'a''b', "dot.ted" int, "quo""te" int);
CREATE INDEX "an index" ON "My App"."The Table" ("select");
-- to
CREATE SCHEMA "My App";
CREATE TABLE "My App"."The Table" ("the id" bigint PRIMARY KEY, "select" varchar(9) NOT NULL DEFAULT 'c\d', "dot.ted" int CHECK ("dot.ted" > 0), "quo""te" int UNIQUE, "Ünï" text);
CREATE INDEX "an index" ON "My App"."The Table" ("select", "quo""te");
COMMENT ON COLUMN "My App"."The Table"."dot.ted" IS 'it''s "this"';

-- case: names of sixty-three characters
-- from
CREATE TABLE a234567890123456789012345678901234567890123456789012345678901z (b234567890123456789012345678901234567890123456789012345678901z int);
-- to
CREATE TABLE a234567890123456789012345678901234567890123456789012345678901z (b234567890123456789012345678901234567890123456789012345678901z bigserial PRIMARY KEY, c text UNIQUE NOT NULL CHECK (c <> ''));

-- case: a table without columns gets some, and another loses all
-- from
CREATE TABLE a ();
CREATE TABLE b (x int, y text);
-- to
CREATE TABLE a (x int, y text);
CREATE TABLE b ();

-- case: a column becomes one of a row type
-- from
CREATE TABLE p (x int, y int);
CREATE TABLE t (id int);
-- to
CREATE TABLE p (x int, y int);
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (id int, at p, q pair[], r pair DEFAULT ROW(1, 'a')::pair);

-- case: a column of a table's row type while that table gets a column
-- from
CREATE TABLE p (x int);
CREATE TABLE t (at p);
-- to
CREATE TABLE p (x int, y int);
CREATE TABLE t (at p, all_of p[]);

-- case: an order of tables by the row types that they use
-- from
CREATE TABLE z (x int);
-- to
CREATE TABLE z (x int);
CREATE TABLE c (v int);
CREATE TABLE b (v c);
CREATE TABLE a (v b[]);

-- case: the type of a column is dropped with its column
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, m mood DEFAULT 'ok', n d);
-- to
CREATE TABLE t (a int);

-- case: not null and defaults at once with rows
-- rows: INSERT INTO t VALUES (1, 'x', 3)
-- same: SELECT * FROM t
-- from
CREATE TABLE t (a int, b text NOT NULL, c int DEFAULT 3);
-- to
CREATE TABLE t (a int NOT NULL DEFAULT 7, b text, c int NOT NULL);

-- case: values become JSON, and booleans numbers of other sizes
-- rows: INSERT INTO t VALUES (1, NULL, true, 0, '2020-01-01', '[1,5)')
-- same: SELECT a::text, f::text FROM t
-- from
CREATE TABLE t (a int DEFAULT 0, b text[], c boolean, d bigint, e date, f int4range);
-- to
CREATE TABLE t (a jsonb DEFAULT '0', b jsonb, c bigint, d boolean, e json, f int8range);
