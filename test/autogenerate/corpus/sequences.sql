-- case: sequences come with all options
-- from
CREATE SCHEMA app;
-- to
CREATE SCHEMA app;
CREATE SEQUENCE a;
CREATE SEQUENCE b AS smallint INCREMENT 5 MINVALUE 10 MAXVALUE 100 START 20 CACHE 7 CYCLE;
CREATE SEQUENCE app.c AS integer INCREMENT -1;
CREATE SEQUENCE app."D d" MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807 START 0;
CREATE SEQUENCE e INCREMENT -3 MINVALUE -100 MAXVALUE 50 START 40;
CREATE SEQUENCE f MAXVALUE 9223372036854775806;

-- case: all options of sequences change
-- from
CREATE SEQUENCE a INCREMENT 2 CACHE 5;
CREATE SEQUENCE b AS smallint MAXVALUE 100 CYCLE;
CREATE SEQUENCE c START 7;
CREATE SEQUENCE d AS integer;
CREATE SEQUENCE e AS bigint MAXVALUE 1000;
-- to
CREATE SEQUENCE a;
CREATE SEQUENCE b AS integer MAXVALUE 200;
CREATE SEQUENCE c START 9 CACHE 3;
CREATE SEQUENCE d AS bigint;
CREATE SEQUENCE e AS smallint MAXVALUE 500 CYCLE;

-- case: a sequence counts the other way
-- from
CREATE SEQUENCE a;
CREATE SEQUENCE b INCREMENT -1 MINVALUE -10 MAXVALUE 10 START 5;
-- to
CREATE SEQUENCE a INCREMENT -1;
CREATE SEQUENCE b MINVALUE -10 MAXVALUE 10 START 5;

-- case: limits beyond where a sequence is
-- from
CREATE SEQUENCE a;
CREATE SEQUENCE b MINVALUE 1000 START 1000;
CREATE SEQUENCE c START 500;
CREATE SEQUENCE d;
-- to
CREATE SEQUENCE a MINVALUE 1000;
CREATE SEQUENCE b MAXVALUE 500;
CREATE SEQUENCE c MAXVALUE 100;
CREATE SEQUENCE d MINVALUE 5 START 50 MAXVALUE 60;

-- case: who owns a sequence
-- from
CREATE TABLE t (a int, b int);
CREATE TABLE u (a int);
CREATE SEQUENCE s1 OWNED BY t.a;
CREATE SEQUENCE s2 OWNED BY t.b;
CREATE SEQUENCE s3;
-- to
CREATE TABLE t (a int, b int);
CREATE TABLE u (a int);
CREATE SEQUENCE s1 OWNED BY u.a;
CREATE SEQUENCE s2;
CREATE SEQUENCE s3 OWNED BY t.b;

-- case: a sequence is kept when the column that owned it goes
-- from
CREATE TABLE t (id serial, a int);
-- to
CREATE TABLE t (a int);
CREATE SEQUENCE t_id_seq AS integer;

-- case: a sequence is kept when the table that owned it goes
-- from
CREATE TABLE t (id serial, a int);
CREATE TABLE u (id int NOT NULL);
-- to
CREATE SEQUENCE t_id_seq AS integer;
CREATE TABLE u (id int NOT NULL DEFAULT nextval('t_id_seq'));
ALTER SEQUENCE t_id_seq OWNED BY u.id;

-- case: one sequence for two tables, owned by one that goes
-- from
CREATE TABLE t (id serial);
CREATE TABLE u (id int DEFAULT nextval('t_id_seq'));
-- to
CREATE TABLE u (id int);

-- case: unlogged sequences
-- since: 15
-- from
CREATE SEQUENCE a;
CREATE UNLOGGED SEQUENCE b;
-- to
CREATE UNLOGGED SEQUENCE a;
CREATE SEQUENCE b;
CREATE UNLOGGED SEQUENCE c;

-- case: privileges and comments of sequences
-- from
CREATE SEQUENCE a;
GRANT USAGE ON SEQUENCE a TO pg_monitor;
CREATE TABLE t (id serial);
-- to
CREATE SEQUENCE a;
GRANT SELECT, UPDATE ON SEQUENCE a TO pg_monitor;
COMMENT ON SEQUENCE a IS 'numbers';
CREATE TABLE t (id serial);
GRANT ALL ON SEQUENCE t_id_seq TO pg_monitor;
COMMENT ON SEQUENCE t_id_seq IS 'ids';

-- case: serials shown short, with all that makes them not quite serials
-- from
CREATE TABLE other (id int);
-- to
CREATE TABLE other (id int);
CREATE TABLE a (id serial PRIMARY KEY, n bigserial NOT NULL, m smallserial UNIQUE);
CREATE TABLE b (id serial, x int);
ALTER SEQUENCE b_id_seq INCREMENT 10;
CREATE TABLE c (id serial);
ALTER TABLE c ALTER id DROP NOT NULL;
CREATE TABLE d (id serial);
ALTER SEQUENCE d_id_seq OWNED BY NONE;
CREATE TABLE e (id serial);
ALTER TABLE e ALTER id TYPE bigint;
CREATE TABLE f (id serial);
ALTER SEQUENCE f_id_seq RENAME TO f_other;
COMMENT ON TABLE a IS 'a';
GRANT USAGE ON SEQUENCE a_id_seq TO pg_monitor;

-- case: serials in a table of a schema with odd names
-- from
CREATE SCHEMA "My App";
-- to
CREATE SCHEMA "My App";
CREATE TABLE "My App"."T's" ("I""d" serial PRIMARY KEY, "n n" bigserial);

-- case: a serial in a partitioned table
-- from
CREATE TABLE other (id int);
-- to
CREATE TABLE other (id int);
CREATE TABLE p (id bigserial, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
