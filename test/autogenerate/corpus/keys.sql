-- case: a primary key of other columns
-- from
CREATE TABLE t (a int, b int, c int NOT NULL, PRIMARY KEY (a, b));
-- to
CREATE TABLE t (a int NOT NULL, b int NOT NULL, c int, PRIMARY KEY (c));

-- case: a primary key by another name
-- from
CREATE TABLE t (a int CONSTRAINT the_key PRIMARY KEY, b int CONSTRAINT one UNIQUE);
-- to
CREATE TABLE t (a int PRIMARY KEY, b int CONSTRAINT two UNIQUE);

-- case: a primary key that a foreign key references becomes one of two columns
-- from
CREATE TABLE a (id int PRIMARY KEY, tenant int NOT NULL);
CREATE TABLE b (a_id int REFERENCES a);
-- to
CREATE TABLE a (id int, tenant int NOT NULL, PRIMARY KEY (tenant, id));
CREATE TABLE b (tenant int, a_id int, FOREIGN KEY (tenant, a_id) REFERENCES a);

-- case: keys with all that can be said of them
-- from
CREATE TABLE t (a int, b int, c int, d int);
-- to
CREATE TABLE t (a int, b int, c int, d int, CONSTRAINT k PRIMARY KEY (a) INCLUDE (b, c) WITH (fillfactor = 80), CONSTRAINT u UNIQUE (b, c) INCLUDE (d) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT v UNIQUE (d) DEFERRABLE, CONSTRAINT w UNIQUE (c, b) WITH (fillfactor = 70, deduplicate_items = off));

-- case: what is said of keys changes
-- from
CREATE TABLE t (a int, b int, c int, d int, e int, CONSTRAINT k PRIMARY KEY (a) INCLUDE (b), CONSTRAINT u UNIQUE (b) DEFERRABLE, CONSTRAINT v UNIQUE (c), CONSTRAINT w UNIQUE (d) WITH (fillfactor = 70), CONSTRAINT x UNIQUE (e) DEFERRABLE INITIALLY DEFERRED);
-- to
CREATE TABLE t (a int, b int, c int, d int, e int, CONSTRAINT k PRIMARY KEY (a) INCLUDE (c), CONSTRAINT u UNIQUE (b), CONSTRAINT v UNIQUE (c) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT w UNIQUE (d) WITH (fillfactor = 90), CONSTRAINT x UNIQUE (e) DEFERRABLE);

-- case: a parameter of a key's index changes while a foreign key references it
-- from
CREATE TABLE a (id int PRIMARY KEY WITH (fillfactor = 70), n int UNIQUE);
CREATE TABLE b (a int REFERENCES a, n int REFERENCES a (n));
-- to
CREATE TABLE a (id int PRIMARY KEY WITH (fillfactor = 90), n int UNIQUE WITH (fillfactor = 50));
CREATE TABLE b (a int REFERENCES a, n int REFERENCES a (n));

-- case: keys in which NULL is one value
-- since: 15
-- from
CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a), CONSTRAINT v UNIQUE NULLS NOT DISTINCT (b));
-- to
CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a), CONSTRAINT v UNIQUE (b));

-- case: keys without overlaps and foreign keys with periods
-- since: 18
-- not embedded: its btree_gist is an extension that has to be loaded
-- from
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int, during tstzrange, note text);
CREATE TABLE bookings (room int, during tstzrange);
-- to
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int, during tstzrange, note text, CONSTRAINT k PRIMARY KEY (id, during WITHOUT OVERLAPS), CONSTRAINT u UNIQUE (note, during WITHOUT OVERLAPS) INCLUDE (id));
CREATE TABLE bookings (room int, during tstzrange, CONSTRAINT f FOREIGN KEY (room, PERIOD during) REFERENCES rooms (id, PERIOD during));

-- case: a key of a range alone is one with and without overlaps
-- since: 18
-- from
CREATE TABLE t (a int4range, b int4range, CONSTRAINT k PRIMARY KEY (a, b), CONSTRAINT u UNIQUE (b, a WITHOUT OVERLAPS));
-- to
CREATE TABLE t (a int4range, b int4range, CONSTRAINT k PRIMARY KEY (a, b WITHOUT OVERLAPS), CONSTRAINT u UNIQUE (b, a));

-- case: a unique index becomes a constraint of the same name
-- from
CREATE TABLE t (a int, b int);
CREATE UNIQUE INDEX t_a_key ON t (a);
ALTER TABLE t ADD CONSTRAINT t_b_key UNIQUE (b);
-- to
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a);
CREATE UNIQUE INDEX t_b_key ON t (b);

-- case: a unique constraint becomes a partial index
-- from
CREATE TABLE t (a int CONSTRAINT t_a UNIQUE, gone boolean);
-- to
CREATE TABLE t (a int, gone boolean);
CREATE UNIQUE INDEX t_a ON t (a) WHERE NOT gone;

-- case: a foreign key references a unique index
-- from
CREATE TABLE a (id int, n int);
CREATE UNIQUE INDEX a_n ON a (n);
CREATE TABLE b (n int REFERENCES a (n));
-- to
CREATE TABLE a (id int, n int, UNIQUE (id));
CREATE UNIQUE INDEX a_n ON a (n) INCLUDE (id);
CREATE TABLE b (n int REFERENCES a (n), id int REFERENCES a (id));

-- case: the primary key is dropped and a unique key takes over its references
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int REFERENCES a);
-- to
CREATE TABLE a (id int NOT NULL UNIQUE);
CREATE TABLE b (a int REFERENCES a (id));

-- case: two constraints exchange their names
-- from
CREATE TABLE t (a int, b int, CONSTRAINT x UNIQUE (a), CONSTRAINT y UNIQUE (b), CONSTRAINT c CHECK (a > 0), CONSTRAINT d CHECK (b > 0));
-- to
CREATE TABLE t (a int, b int, CONSTRAINT y UNIQUE (a), CONSTRAINT x UNIQUE (b), CONSTRAINT d CHECK (a > 0), CONSTRAINT c CHECK (b > 0));

-- case: a check becomes a key of its name and a key a check
-- from
CREATE TABLE t (a int, b int, CONSTRAINT x CHECK (a > 0), CONSTRAINT y UNIQUE (b));
-- to
CREATE TABLE t (a int, b int, CONSTRAINT x UNIQUE (a), CONSTRAINT y CHECK (b > 0));

-- case: exclusion constraints come
-- from
CREATE TABLE t (a int4range, b int, c box, d text);
-- to
CREATE TABLE t (a int4range, b int, c box, d text, CONSTRAINT e EXCLUDE USING gist (a WITH &&), CONSTRAINT f EXCLUDE USING gist (c WITH &&, a WITH &&) WHERE (b > 0),
  CONSTRAINT g EXCLUDE (b WITH =) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT h EXCLUDE USING hash (d WITH =), CONSTRAINT i EXCLUDE USING btree (lower(d) COLLATE "C" WITH =, b DESC WITH =) INCLUDE (c) WITH (fillfactor = 60));

-- case: exclusion constraints change and go
-- from
CREATE TABLE t (a int4range, b int, CONSTRAINT e EXCLUDE USING gist (a WITH &&), CONSTRAINT f EXCLUDE USING gist (a WITH -|-) WHERE (b > 0), CONSTRAINT g EXCLUDE (b WITH =));
-- to
CREATE TABLE t (a int4range, b int, CONSTRAINT e EXCLUDE USING gist (a WITH &&) WHERE (b > 1), CONSTRAINT g EXCLUDE (b WITH =) DEFERRABLE);

-- case: an exclusion constraint on a column of another type
-- from
CREATE TABLE t (a int4range, CONSTRAINT e EXCLUDE USING gist (a WITH &&));
COMMENT ON CONSTRAINT e ON t IS 'apart';
-- to
CREATE TABLE t (a int8range, CONSTRAINT e EXCLUDE USING gist (a WITH &&));
COMMENT ON CONSTRAINT e ON t IS 'apart';

-- case: an exclusion by an operator of the schema itself
-- from
CREATE SCHEMA app;
CREATE TABLE app.t (a int);
-- to
CREATE SCHEMA app;
CREATE FUNCTION app.same(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = app.same, COMMUTATOR = OPERATOR(app.===));
CREATE OPERATOR CLASS app.ops FOR TYPE int USING hash AS OPERATOR 1 app.===, FUNCTION 1 hashint4(int);
CREATE TABLE app.t (a int, CONSTRAINT e EXCLUDE USING hash (a app.ops WITH OPERATOR(app.===)));

-- case: two keys of one column, each made by itself
-- from
CREATE TABLE other (a int);
-- to
CREATE TABLE other (a int);
CREATE TABLE t (a int PRIMARY KEY, b int);
ALTER TABLE t ADD CONSTRAINT t_again UNIQUE (a);
ALTER TABLE t ADD CONSTRAINT t_b_once UNIQUE (b);
ALTER TABLE t ADD CONSTRAINT t_b_twice UNIQUE (b);
