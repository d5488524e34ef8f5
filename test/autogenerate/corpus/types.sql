-- case: a domain comes with its checks, default and collation
-- from
-- to
CREATE DOMAIN email AS text COLLATE "C" DEFAULT 'x@y' NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%') CONSTRAINT short CHECK (length(VALUE) < 100);
COMMENT ON DOMAIN email IS 'an address';
COMMENT ON CONSTRAINT has_at ON DOMAIN email IS 'or it is none';
CREATE TABLE t (a email, b email[]);

-- case: a domain's default, NOT NULL and checks change under a column
-- rows: INSERT INTO t VALUES ('a@b')
-- same: SELECT a FROM t
-- from
CREATE DOMAIN email AS text DEFAULT 'x@y' CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
CREATE TABLE t (a email);
-- to
CREATE DOMAIN email AS text DEFAULT 'y@z' NOT NULL CONSTRAINT has_at CHECK (VALUE ~ '@') CONSTRAINT short CHECK (length(VALUE) < 100);
CREATE TABLE t (a email);

-- case: a domain loses its default, NOT NULL and checks
-- from
CREATE DOMAIN email AS varchar(20) DEFAULT 'x@y' NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
-- to
CREATE DOMAIN email AS varchar(20);

-- case: a domain's check is named otherwise
-- from
CREATE DOMAIN email AS text CONSTRAINT one CHECK (VALUE <> '');
-- to
CREATE DOMAIN email AS text CONSTRAINT two CHECK (VALUE <> '');

-- case: a domain's check is not validated
-- from
CREATE DOMAIN email AS text;
CREATE TABLE t (a email);
-- to
CREATE DOMAIN email AS text;
CREATE TABLE t (a email);
ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%') NOT VALID;

-- case: a domain is of another type that nobody uses but functions
-- from
CREATE DOMAIN code AS varchar(3);
CREATE FUNCTION f(code) RETURNS code LANGUAGE sql AS 'SELECT $1';
COMMENT ON FUNCTION f(code) IS 'f';
-- to
CREATE DOMAIN code AS varchar(5);
CREATE FUNCTION f(code) RETURNS code LANGUAGE sql AS 'SELECT $1';
COMMENT ON FUNCTION f(code) IS 'f';

-- case: a domain of another type stands under a column
-- refused: which has rows
-- from
CREATE DOMAIN code AS varchar(3);
CREATE TABLE t (a code);
-- to
CREATE DOMAIN code AS varchar(5);
CREATE TABLE t (a code);

-- case: a domain stands on a domain, and its check on a function
-- from
-- to
CREATE FUNCTION is_even(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 2 = 0';
CREATE DOMAIN number AS int CHECK (VALUE > 0);
CREATE DOMAIN even AS number CONSTRAINT is_even CHECK (is_even(VALUE));
CREATE DOMAIN evens AS even[];
CREATE TABLE t (a even DEFAULT 2, b evens);

-- case: the function of a domain's check gets another parameter name
-- from
CREATE FUNCTION is_even(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n % 2 = 0';
CREATE DOMAIN even AS int CONSTRAINT is_even CHECK (is_even(VALUE));
CREATE TABLE t (a even);
-- to
CREATE FUNCTION is_even(number int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT number % 2 = 0';
CREATE DOMAIN even AS int CONSTRAINT is_even CHECK (is_even(VALUE));
CREATE TABLE t (a even);

-- case: a column is of a domain
-- rows: INSERT INTO t VALUES ('a@b')
-- same: SELECT a::text FROM t
-- from
CREATE TABLE t (a text);
-- to
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE t (a email);

-- case: a domain goes and its column is of its type
-- rows: INSERT INTO t VALUES ('a@b')
-- same: SELECT a::text FROM t
-- from
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE t (a email DEFAULT 'x@y');
CREATE VIEW v AS SELECT a FROM t;
-- to
CREATE TABLE t (a text DEFAULT 'x@y');
CREATE VIEW v AS SELECT a FROM t;

-- case: a domain's NOT NULL has a name
-- since: 17
-- from
CREATE DOMAIN d AS int NOT NULL;
-- to
CREATE DOMAIN d AS int CONSTRAINT never_null NOT NULL;

-- case: a domain has an owner and privileges
-- from
CREATE DOMAIN d AS int;
-- to
CREATE DOMAIN d AS int;
ALTER DOMAIN d OWNER TO pg_monitor;
REVOKE ALL ON DOMAIN d FROM PUBLIC;
GRANT USAGE ON DOMAIN d TO pg_read_all_settings;

-- case: a domain and an enum change places with their names
-- from
CREATE DOMAIN d AS int;
CREATE TYPE e AS ENUM ('a');
-- to
CREATE DOMAIN e AS int;
CREATE TYPE d AS ENUM ('a');

-- case: a composite type is of a domain and the domain of a composite type
-- since: 14
-- from
-- to
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TYPE place AS (x positive, y positive);
CREATE DOMAIN near AS place CONSTRAINT near CHECK ((VALUE).x < 10);
CREATE TABLE t (p near, ps place[]);

-- case: a composite type has more attributes, and others fewer
-- from
CREATE TYPE address AS (street text, city text, zip int);
CREATE TYPE point AS (x int);
-- to
CREATE TYPE address AS (street text, city varchar(10), country text COLLATE "C");
CREATE TYPE point AS (x int, y int);

-- case: a composite type has more attributes while a column is of it
-- rows: INSERT INTO t VALUES (ROW('a', 'b'), ARRAY[ROW('a', 'b')]::address[])
-- same: SELECT (a).street, (a).city FROM t
-- from
CREATE TYPE address AS (street text, city text);
CREATE TABLE t (a address, b address[]);
-- to
CREATE TYPE address AS (street text, city text, zip text);
CREATE TABLE t (a address, b address[]);

-- case: a composite type has another attribute while functions and views stand on it
-- from
CREATE TYPE address AS (street text, city text);
CREATE FUNCTION make() RETURNS address LANGUAGE plpgsql AS $$BEGIN RETURN ROW('a', 'b'); END$$;
CREATE FUNCTION city(address) RETURNS text LANGUAGE sql AS $$SELECT $1.city$$;
CREATE FUNCTION several() RETURNS SETOF address LANGUAGE plpgsql AS $$BEGIN RETURN NEXT ROW('a', 'b'); END$$;
-- to
CREATE TYPE address AS (street text, city text, zip text);
CREATE FUNCTION make() RETURNS address LANGUAGE plpgsql AS $$BEGIN RETURN ROW('a', 'b', 'c'); END$$;
CREATE FUNCTION city(address) RETURNS text LANGUAGE sql AS $$SELECT $1.city$$;
CREATE FUNCTION several() RETURNS SETOF address LANGUAGE plpgsql AS $$BEGIN RETURN NEXT ROW('a', 'b', 'd'); END$$;

-- case: an attribute of another type under a function and a view
-- from
CREATE TYPE place AS (x int, y int);
CREATE FUNCTION origin() RETURNS place LANGUAGE sql AS $$SELECT ROW(0, 0)::place$$;
CREATE VIEW o AS SELECT (origin()).x AS x;
-- to
CREATE TYPE place AS (x bigint, y int);
CREATE FUNCTION origin() RETURNS place LANGUAGE sql AS $$SELECT ROW(0, 0)::place$$;
CREATE VIEW o AS SELECT (origin()).x AS x;

-- case: an attribute goes that a view shows
-- from
CREATE TYPE place AS (x int, y int, z int);
CREATE FUNCTION origin() RETURNS place LANGUAGE plpgsql AS $$BEGIN RETURN ROW(0, 0, 0); END$$;
CREATE VIEW o AS SELECT (origin()).x AS x, (origin()).z AS z;
-- to
CREATE TYPE place AS (x int, y int);
CREATE FUNCTION origin() RETURNS place LANGUAGE plpgsql AS $$BEGIN RETURN ROW(0, 0); END$$;
CREATE VIEW o AS SELECT (origin()).x AS x;

-- case: a table of a composite type, which has more attributes
-- rows: INSERT INTO people VALUES (1, 'a')
-- same: SELECT id, name FROM people
-- from
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person (PRIMARY KEY (id));
CREATE TABLE others OF person (id WITH OPTIONS DEFAULT 5);
-- to
CREATE TYPE person AS (id int, name text, mail text);
CREATE TABLE people OF person (PRIMARY KEY (id));
CREATE TABLE others OF person (id WITH OPTIONS DEFAULT 5);

-- case: a table of a composite type whose attribute is of another type, with a view
-- rows: INSERT INTO people VALUES (1, 'a')
-- same: SELECT id::text, name FROM people
-- from
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
CREATE VIEW v AS SELECT id FROM people;
CREATE VIEW w AS SELECT id FROM v;
-- to
CREATE TYPE person AS (id bigint, name text);
CREATE TABLE people OF person;
CREATE VIEW v AS SELECT id FROM people;
CREATE VIEW w AS SELECT id FROM v;

-- case: composite types in composite types, in reverse order of their names
-- from
-- to
CREATE TYPE z AS (a int);
CREATE TYPE y AS (z z, zs z[]);
CREATE TYPE x AS (y y);
COMMENT ON TYPE x IS 'x';
COMMENT ON COLUMN x.y IS 'its y';

-- case: an inner composite type is another kind of type
-- from
CREATE TYPE z AS (a int);
CREATE TYPE y AS (z z, b int);
CREATE FUNCTION f(y) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- to
CREATE TYPE z AS ENUM ('a');
CREATE TYPE y AS (z z, b int);
CREATE FUNCTION f(y) RETURNS int LANGUAGE sql AS 'SELECT 1';

-- case: comments on attributes come and go
-- from
CREATE TYPE point AS (x int, y int);
COMMENT ON COLUMN point.x IS 'to the right';
-- to
CREATE TYPE point AS (x int, y int);
COMMENT ON COLUMN point.y IS 'upwards';

-- case: attributes in another order
-- from
CREATE TYPE point AS (x int, y int);
-- to
CREATE TYPE point AS (y int, x int);

-- case: a range type comes with what it says of itself
-- since: 14
-- from
-- to
CREATE FUNCTION apart(time, time) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT extract(epoch FROM $1 - $2)::float8';
CREATE TYPE hours AS RANGE (SUBTYPE = time, SUBTYPE_DIFF = apart, MULTIRANGE_TYPE_NAME = many_hours);
CREATE TABLE t (h hours, m many_hours);
CREATE INDEX ON t USING gist (h);

-- case: a range type changes that a function alone uses
-- from
CREATE TYPE r AS RANGE (SUBTYPE = text);
CREATE FUNCTION f(r) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- to
CREATE TYPE r AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE FUNCTION f(r) RETURNS int LANGUAGE sql AS 'SELECT 1';

-- case: a range type that a column is of cannot change
-- refused: which has rows
-- from
CREATE TYPE r AS RANGE (SUBTYPE = text);
CREATE TABLE t (a r);
-- to
CREATE TYPE r AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE TABLE t (a r);

-- case: a range type has another name
-- from
CREATE TYPE r AS RANGE (SUBTYPE = int);
CREATE FUNCTION f(r) RETURNS r LANGUAGE sql AS 'SELECT $1';
-- to
CREATE TYPE spans AS RANGE (SUBTYPE = int);
CREATE FUNCTION f(spans) RETURNS spans LANGUAGE sql AS 'SELECT $1';

-- case: a type with quotes in a schema with quotes
-- from
CREATE SCHEMA "My App";
CREATE TYPE "My App"."Point Of" AS ("X y" int);
CREATE TABLE "My App"."T" ("P" "My App"."Point Of", "Ps" "My App"."Point Of"[]);
-- to
CREATE SCHEMA "My App";
CREATE TYPE "My App"."Point Of" AS ("X y" int, "Z""z" text);
CREATE DOMAIN "My App"."D d" AS "My App"."Point Of"[];
CREATE TABLE "My App"."T" ("P" "My App"."Point Of", "Ps" "My App"."Point Of"[], "D" "My App"."D d");
COMMENT ON COLUMN "My App"."Point Of"."Z""z" IS 'it''s';

-- case: a composite type is in another schema
-- from
CREATE SCHEMA app;
CREATE TYPE point AS (x int);
CREATE TABLE t (p public.point);
-- to
CREATE SCHEMA app;
CREATE TYPE app.point AS (x int);
CREATE TABLE t (p app.point);

-- case: a domain has another name, with its check and its comment
-- from
CREATE DOMAIN email AS text CONSTRAINT c CHECK (VALUE <> '');
COMMENT ON DOMAIN email IS 'a';
CREATE TABLE t (a email);
-- to
CREATE DOMAIN address AS text CONSTRAINT c CHECK (VALUE <> '');
COMMENT ON DOMAIN address IS 'a';
CREATE TABLE t (a address);

-- case: a table's row type is the parameter of a function, and the table has another column
-- from
CREATE TABLE t (a int);
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT $1.a';
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW v AS SELECT f(t) AS f, t.a FROM t;
-- to
CREATE TABLE t (a int, b int);
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT $1.a + $1.b';
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW v AS SELECT f(t) AS f, t.a, t.b FROM t;

-- case: a table's row type is an attribute, a column and an array
-- from
-- to
CREATE TABLE z (a int);
CREATE TYPE y AS (z z);
CREATE TABLE x (y y, zs z[], z z);
CREATE DOMAIN w AS z[];

-- case: an index and a type have one name
-- from
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TABLE boxes (id int, kept size);
CREATE INDEX size ON boxes (id);
COMMENT ON TYPE size IS 'how large';
COMMENT ON INDEX size IS 'by number';
-- to
CREATE TYPE size AS ENUM ('small', 'middle', 'large');
CREATE TABLE boxes (id int, kept size);
CREATE INDEX size ON boxes (id, kept);
COMMENT ON TYPE size IS 'how large it is';
COMMENT ON INDEX size IS 'by number and size';

-- case: a type takes the name of a table, and a table that of a type
-- from
CREATE TABLE one (a int);
CREATE TYPE two AS ENUM ('a');
CREATE TYPE three AS (a int);
-- to
CREATE TYPE one AS ENUM ('a');
CREATE TABLE two (a int);
CREATE DOMAIN three AS int;
