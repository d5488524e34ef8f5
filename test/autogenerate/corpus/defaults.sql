-- case: defaults of all kinds come
-- from
CREATE TABLE t (a int, b text, c boolean, d timestamptz, e uuid, f jsonb, g text[], h numeric, i interval, j bigint, k text, l bytea, m date, n real);
-- to
CREATE TABLE t (a int DEFAULT -1, b text DEFAULT 'it''s', c boolean DEFAULT false, d timestamptz DEFAULT CURRENT_TIMESTAMP, e uuid DEFAULT md5('x')::uuid,
  f jsonb DEFAULT '{"a": [1, null]}', g text[] DEFAULT ARRAY['a', 'b'], h numeric DEFAULT 1.50, i interval DEFAULT '1 day', j bigint DEFAULT 9223372036854775807,
  k text DEFAULT E'a\\b\n', l bytea DEFAULT '\x00ff', m date DEFAULT CURRENT_DATE + 1, n real DEFAULT 'NaN');

-- case: defaults change and go
-- from
CREATE TABLE t (a int DEFAULT 1, b text DEFAULT 'a', c text DEFAULT 'b', d timestamptz DEFAULT now(), e text DEFAULT NULL, f text DEFAULT '', g varchar(5) DEFAULT 'a');
-- to
CREATE TABLE t (a int DEFAULT 2, b text, c text DEFAULT upper('b'), d timestamptz DEFAULT '2020-01-01 00:00:00+00', e text DEFAULT '', f text, g varchar(5) DEFAULT 'b');

-- case: a default that is a function of the schema, which comes with it
-- from
CREATE TABLE t (id int);
-- to
CREATE FUNCTION next_id() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (id int DEFAULT next_id());

-- case: a default that is a function which goes
-- from
CREATE FUNCTION next_id() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (id int DEFAULT next_id());
-- to
CREATE TABLE t (id int DEFAULT 0);

-- case: a function under a default has another result
-- from
CREATE FUNCTION next_id() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (id bigint DEFAULT next_id());
-- to
CREATE FUNCTION next_id() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE TABLE t (id bigint DEFAULT next_id());

-- case: a function under a default has another body
-- from
CREATE FUNCTION next_id() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (id int DEFAULT next_id());
-- to
CREATE FUNCTION next_id() RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE TABLE t (id int DEFAULT next_id());

-- case: a function with a default in the other direction reads the table
-- from
CREATE TABLE other (a int);
-- to
CREATE TABLE other (a int);
CREATE TABLE t (id bigint);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t';
ALTER TABLE t ALTER id SET DEFAULT f();

-- case: a function whose body PostgreSQL knows and a default in a circle
-- since: 14
-- from
CREATE TABLE other (a int);
-- to
CREATE TABLE other (a int);
CREATE TABLE t (id bigint, n int);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql RETURN (SELECT count(n) FROM t);
ALTER TABLE t ALTER id SET DEFAULT f();

-- case: a default from a sequence that no column owns
-- from
CREATE TABLE t (id bigint);
-- to
CREATE SEQUENCE numbers START 100;
CREATE TABLE t (id bigint DEFAULT nextval('numbers'), other bigint DEFAULT nextval('numbers'));

-- case: a default from another sequence
-- from
CREATE SEQUENCE one;
CREATE SEQUENCE two;
CREATE TABLE t (id bigint DEFAULT nextval('one'));
-- to
CREATE SEQUENCE two;
CREATE TABLE t (id bigint DEFAULT nextval('two'));

-- case: a default is an enum's value that comes
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood DEFAULT 'ok');
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE t (m mood DEFAULT 'happy');

-- case: a generated column comes
-- rows: INSERT INTO t VALUES (2, 3)
-- same: SELECT a, b FROM t
-- from
CREATE TABLE t (a int, b int);
-- to
CREATE TABLE t (a int, b int, c int GENERATED ALWAYS AS (a * b) STORED, d text GENERATED ALWAYS AS (CASE WHEN a > 1 THEN 'many'::text ELSE 'one' END) STORED NOT NULL);
CREATE INDEX t_c ON t (c);

-- case: a generated column becomes a plain one
-- rows: INSERT INTO t VALUES (2)
-- same: SELECT a, c FROM t
-- from
CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a * 2) STORED);
-- to
CREATE TABLE t (a int, c int DEFAULT 5);

-- case: another expression of a generated column, with what stands on it
-- from
CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a * 2) STORED, CHECK (c > 0));
CREATE INDEX t_c ON t (c);
CREATE VIEW v AS SELECT c FROM t;
-- to
CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a * 3) STORED, CHECK (c > 0));
CREATE INDEX t_c ON t (c);
CREATE VIEW v AS SELECT c FROM t;

-- case: a generated column of another type
-- from
CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a * 2) STORED);
-- to
CREATE TABLE t (a int, c bigint GENERATED ALWAYS AS (a * 2) STORED);

-- case: a column of which a generated one is made gets another type
-- from
CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a * 2) STORED, d text);
CREATE INDEX t_c ON t (c);
COMMENT ON COLUMN t.c IS 'twice';
-- to
CREATE TABLE t (a bigint, c bigint GENERATED ALWAYS AS (a * 2) STORED, d text);
CREATE INDEX t_c ON t (c);
COMMENT ON COLUMN t.c IS 'twice';

-- case: a column of which a generated one is made goes
-- from
CREATE TABLE t (a int, b int, c int GENERATED ALWAYS AS (a + b) STORED);
-- to
CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a) STORED);

-- case: a generated column from a function of the schema
-- from
CREATE TABLE t (a text);
-- to
CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT lower(replace($1, ' ', '-'))$$;
CREATE TABLE t (a text, s text GENERATED ALWAYS AS (slug(a)) STORED UNIQUE);

-- case: the function of a generated column has other parameters
-- from
CREATE FUNCTION slug(a text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT lower(a)$$;
CREATE TABLE t (a text, s text GENERATED ALWAYS AS (slug(a)) STORED);
CREATE INDEX t_s ON t (s);
-- to
CREATE FUNCTION slug(b text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT lower(b)$$;
CREATE TABLE t (a text, s text GENERATED ALWAYS AS (slug(a)) STORED);
CREATE INDEX t_s ON t (s);

-- case: a virtual generated column
-- since: 18
-- rows: INSERT INTO t VALUES (2)
-- same: SELECT a, b FROM t
-- from
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL);
-- to
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int GENERATED ALWAYS AS (a * 2), CHECK (c > 0));

-- case: a virtual generated column has another expression and type
-- since: 18
-- from
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int GENERATED ALWAYS AS (a), CONSTRAINT k CHECK (b > 0));
-- to
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 2) VIRTUAL, c bigint GENERATED ALWAYS AS (a), CONSTRAINT k CHECK (b > 0));

-- case: a virtual column becomes a stored one, and a plain one
-- since: 18
-- from
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int GENERATED ALWAYS AS (a + 1) STORED, d int GENERATED ALWAYS AS (a) VIRTUAL);
-- to
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED, c int GENERATED ALWAYS AS (a + 1) VIRTUAL, d int);

-- case: an identity comes
-- rows: INSERT INTO t VALUES (1, 'a'), (2, 'b')
-- same: SELECT * FROM t ORDER BY 1
-- from
CREATE TABLE t (id int, a text);
CREATE TABLE u (id bigint NOT NULL);
-- to
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, a text);
CREATE TABLE u (id bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 100 INCREMENT BY 5 MINVALUE 10 MAXVALUE 1000 CACHE 3 CYCLE));

-- case: an identity goes, and the column stays
-- from
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE u (id int GENERATED BY DEFAULT AS IDENTITY);
-- to
CREATE TABLE t (id int PRIMARY KEY);
CREATE TABLE u (id int);

-- case: options of an identity
-- from
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, b bigint GENERATED BY DEFAULT AS IDENTITY (INCREMENT 10 MAXVALUE 5000), c smallint GENERATED ALWAYS AS IDENTITY (CYCLE CACHE 5));
-- to
CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY (START 1000 MINVALUE 1000), b bigint GENERATED ALWAYS AS IDENTITY (INCREMENT -1), c smallint GENERATED ALWAYS AS IDENTITY);

-- case: an identity of another type
-- from
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b smallint GENERATED BY DEFAULT AS IDENTITY);
-- to
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b int GENERATED BY DEFAULT AS IDENTITY);

-- case: the sequence of an identity has another name
-- from
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME old_name));
CREATE TABLE u (id int GENERATED ALWAYS AS IDENTITY);
-- to
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE u (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME new_name START 5));

-- case: a serial becomes an identity
-- rows: INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES
-- same: SELECT * FROM t ORDER BY 1
-- from
CREATE TABLE t (id serial PRIMARY KEY);
-- to
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);

-- case: an identity becomes a serial
-- rows: INSERT INTO t DEFAULT VALUES
-- same: SELECT * FROM t ORDER BY 1
-- from
CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);
-- to
CREATE TABLE t (id bigserial PRIMARY KEY);

-- case: a serial comes, a serial goes
-- from
CREATE TABLE t (a serial, x int);
-- to
CREATE TABLE t (x int, b bigserial, c smallserial);

-- case: a column becomes a serial and a serial a plain column
-- rows: INSERT INTO t VALUES (3, 4)
-- same: SELECT * FROM t
-- from
CREATE TABLE t (a int, b serial);
-- to
CREATE TABLE t (a serial, b int);

-- case: a serial becomes a bigserial
-- rows: INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES
-- same: SELECT id::text FROM t ORDER BY 1
-- from
CREATE TABLE t (id serial PRIMARY KEY);
CREATE TABLE u (t int REFERENCES t, id smallserial);
-- to
CREATE TABLE t (id bigserial PRIMARY KEY);
CREATE TABLE u (t bigint REFERENCES t, id serial);

-- case: a table with a serial comes and one goes
-- from
CREATE SCHEMA app;
CREATE TABLE app.old (id serial PRIMARY KEY, n smallserial);
-- to
CREATE SCHEMA app;
CREATE TABLE app."New" ("Id" bigserial PRIMARY KEY, n int NOT NULL);
CREATE TABLE other (id serial);

-- case: NOT NULL comes and goes
-- rows: INSERT INTO t VALUES (1, 2, 3)
-- same: SELECT * FROM t
-- from
CREATE TABLE t (a int NOT NULL, b int, c int NOT NULL);
-- to
CREATE TABLE t (a int, b int NOT NULL, c int NOT NULL);

-- case: NOT NULL with a name
-- since: 18
-- from
CREATE TABLE t (a int, b int CONSTRAINT b_there NOT NULL, c int NOT NULL, d int CONSTRAINT d_there NOT NULL);
-- to
CREATE TABLE t (a int CONSTRAINT a_there NOT NULL, b int CONSTRAINT b_is_there NOT NULL, c int CONSTRAINT c_there NOT NULL, d int NOT NULL);

-- case: NOT NULL that children do not take
-- since: 18
-- from
CREATE TABLE t (a int NOT NULL NO INHERIT, b int NOT NULL);
CREATE TABLE c () INHERITS (t);
-- to
CREATE TABLE t (a int NOT NULL, b int NOT NULL NO INHERIT);
CREATE TABLE c () INHERITS (t);

-- case: NOT NULL that was not checked
-- since: 18
-- from
CREATE TABLE t (a int, b int, c int NOT NULL);
ALTER TABLE t ADD CONSTRAINT b_there NOT NULL b NOT VALID;
-- to
CREATE TABLE t (a int, b int, c int NOT NULL);
ALTER TABLE t ADD CONSTRAINT a_there NOT NULL a NOT VALID;
ALTER TABLE t ADD CONSTRAINT b_there NOT NULL b;

-- case: a comment on a NOT NULL
-- since: 18
-- from
CREATE TABLE t (a int CONSTRAINT there NOT NULL, b int NOT NULL);
COMMENT ON CONSTRAINT there ON t IS 'always';
-- to
CREATE TABLE t (a int CONSTRAINT there NOT NULL, b int NOT NULL);
COMMENT ON CONSTRAINT there ON t IS 'ever';
COMMENT ON CONSTRAINT t_b_not_null ON t IS 'always';

-- case: NOT NULL under a primary key that goes
-- from
CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL);
-- to
CREATE TABLE t (a int, b int NOT NULL PRIMARY KEY);

-- case: a primary key goes and NOT NULL stays
-- from
CREATE TABLE t (a int PRIMARY KEY, b int);
-- to
CREATE TABLE t (a int NOT NULL, b int);

-- case: checks come, change, go
-- rows: INSERT INTO t VALUES (1, 2)
-- same: SELECT * FROM t
-- from
CREATE TABLE t (a int CHECK (a > 0), b int, CONSTRAINT b_small CHECK (b < 100), CONSTRAINT gone CHECK (a <> b), CONSTRAINT alone CHECK (a > 0) NO INHERIT);
-- to
CREATE TABLE t (a int CHECK (a > 0), b int, CONSTRAINT b_small CHECK (b < 50), CONSTRAINT fresh CHECK (a IN (1, 2, 3) OR b IS NULL), CONSTRAINT alone CHECK (a > 0));

-- case: a check of a function that comes with it
-- from
CREATE TABLE t (a text);
-- to
CREATE FUNCTION is_mail(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1 LIKE '%@%'$$;
CREATE TABLE t (a text CONSTRAINT mail CHECK (is_mail(a)));

-- case: checks that were not checked
-- from
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD CONSTRAINT one CHECK (a > 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT two CHECK (b > 0);
-- to
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD CONSTRAINT one CHECK (a > 0);
ALTER TABLE t ADD CONSTRAINT two CHECK (b > 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT three CHECK (b > a) NOT VALID;

-- case: checks that are not enforced
-- since: 18
-- from
CREATE TABLE t (a int, CONSTRAINT one CHECK (a > 0) NOT ENFORCED, CONSTRAINT two CHECK (a > 1));
-- to
CREATE TABLE t (a int, CONSTRAINT one CHECK (a > 0), CONSTRAINT two CHECK (a > 1) NOT ENFORCED, CONSTRAINT three CHECK (a > 2) NOT ENFORCED);

-- case: checks that PostgreSQL prints otherwise than they were written
-- from
CREATE TABLE t (a text, b int, c date);
-- to
CREATE TABLE t (a text, b int, c date, CHECK (a IN ('x', 'y')), CHECK (b BETWEEN 1 AND 5), CHECK (a ~* '^a(b|c)$' AND NOT b = ANY ('{1,2}'::int[])),
  CHECK (c > '2020-01-01' AND extract(year FROM c) < 2100), CHECK ((a, b) IS DISTINCT FROM ('a', 1)), CHECK (a LIKE 'x%' ESCAPE '!'), CHECK (a SIMILAR TO 'x'),
  CHECK (coalesce(b, 0)::text || a <> ''), CHECK (CASE b WHEN 1 THEN a IS NULL ELSE true END));
