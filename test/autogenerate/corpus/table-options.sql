-- case: unlogged and logged
-- rows: INSERT INTO a VALUES (1, 'x'); INSERT INTO b VALUES (2)
-- same: SELECT a.x, b.id FROM a, b
-- from
CREATE UNLOGGED TABLE a (id serial PRIMARY KEY, x text);
CREATE TABLE b (id int PRIMARY KEY);
-- to
CREATE TABLE a (id serial PRIMARY KEY, x text);
CREATE UNLOGGED TABLE b (id int PRIMARY KEY);
CREATE UNLOGGED TABLE c (id int GENERATED ALWAYS AS IDENTITY, d serial);

-- case: storage parameters come, change and go
-- from
CREATE TABLE a (x int) WITH (fillfactor = 70, autovacuum_enabled = false, parallel_workers = 2);
CREATE TABLE b (x text);
CREATE TABLE c (x text) WITH (toast.autovacuum_enabled = off, fillfactor = 50);
-- to
CREATE TABLE a (x int) WITH (parallel_workers = 4, autovacuum_vacuum_scale_factor = 0.05, fillfactor = 70);
CREATE TABLE b (x text) WITH (fillfactor = 80, toast_tuple_target = 200, toast.autovacuum_vacuum_threshold = 100, user_catalog_table = true);
CREATE TABLE c (x text);

-- case: parameters of a table without anything to toast
-- since: 14
-- from
CREATE TABLE a (x int) WITH (autovacuum_vacuum_cost_delay = 10, log_autovacuum_min_duration = 0, autovacuum_freeze_max_age = 100000000);
-- to
CREATE TABLE a (x int) WITH (autovacuum_vacuum_cost_delay = 2.5, vacuum_truncate = false, vacuum_index_cleanup = auto);

-- case: row security comes with policies
-- since: 14
-- from
CREATE TABLE t (id int, tenant int);
-- to
CREATE TABLE t (id int, tenant int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY a ON t USING (tenant = current_setting('app.tenant')::int);
CREATE POLICY b ON t AS RESTRICTIVE FOR INSERT TO pg_monitor, pg_read_all_data WITH CHECK (tenant > 0);
CREATE POLICY c ON t FOR SELECT TO PUBLIC USING (EXISTS (SELECT FROM t u WHERE u.id = t.tenant));
CREATE POLICY d ON t FOR DELETE TO CURRENT_USER USING (false);

-- case: row security goes, and policies change
-- from
CREATE TABLE t (id int, tenant int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY a ON t USING (tenant = 1);
CREATE POLICY b ON t FOR INSERT TO pg_monitor WITH CHECK (tenant > 0);
CREATE POLICY c ON t FOR SELECT USING (true);
CREATE POLICY e ON t USING (id > 0) WITH CHECK (id > 1);
-- to
CREATE TABLE t (id int, tenant int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON t TO pg_monitor USING (tenant = 2);
CREATE POLICY b ON t FOR UPDATE TO pg_monitor USING (tenant > 0);
CREATE POLICY c ON t AS RESTRICTIVE FOR SELECT USING (true);
CREATE POLICY e ON t USING (id > 0);

-- case: a policy with a function, a table and a column that come with it
-- from
CREATE TABLE t (id int);
-- to
CREATE TABLE members (person text, tenant int);
CREATE FUNCTION tenant() RETURNS int LANGUAGE sql STABLE AS 'SELECT tenant FROM members WHERE person = current_user';
CREATE TABLE t (id int, tenant int NOT NULL DEFAULT 0);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (tenant = tenant() AND tenant IN (SELECT m.tenant FROM members m));

-- case: a tablespace that is said and is the usual one
-- from
CREATE TABLE t (id int PRIMARY KEY) TABLESPACE pg_default;
-- to
CREATE TABLE t (id int PRIMARY KEY USING INDEX TABLESPACE pg_default, a int) TABLESPACE pg_default;
CREATE INDEX i ON t (a) TABLESPACE pg_default;

-- case: an access method of the user
-- from
CREATE TABLE t (id int);
-- to
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (id int);
CREATE TABLE u (id int) USING heap2;

-- case: a table gets another access method
-- since: 15
-- rows: INSERT INTO t VALUES (1)
-- same: SELECT * FROM t
-- from
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (id int);
CREATE TABLE u (id int) USING heap2;
-- to
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (id int) USING heap2;
CREATE TABLE u (id int);

-- case: owners and privileges of a table
-- since: 14
-- from
CREATE TABLE t (id serial PRIMARY KEY, a int);
GRANT SELECT, INSERT ON t TO pg_monitor;
GRANT UPDATE (a) ON t TO pg_monitor WITH GRANT OPTION;
-- to
CREATE TABLE t (id serial PRIMARY KEY, a int);
ALTER TABLE t OWNER TO pg_monitor;
GRANT SELECT ON t TO pg_read_all_data;
GRANT UPDATE (id), SELECT (a) ON t TO pg_read_all_data;

-- case: a table with a view's name, a view with a table's
-- from
CREATE TABLE a (x int);
CREATE VIEW b AS SELECT x FROM a;
-- to
CREATE TABLE b (x int);
CREATE VIEW a AS SELECT x FROM b;

-- case: a table becomes a materialized view of another
-- from
CREATE TABLE base (x int);
CREATE TABLE a (x int);
CREATE INDEX a_x ON a (x);
-- to
CREATE TABLE base (x int);
CREATE MATERIALIZED VIEW a AS SELECT x FROM base;
CREATE INDEX a_x ON a (x);

-- case: triggers that are on, off, and always on
-- from
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TABLE t (id int);
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER b AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t DISABLE TRIGGER b;
-- to
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TABLE t (id int);
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t DISABLE TRIGGER a;
CREATE TRIGGER b AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ENABLE ALWAYS TRIGGER b;

-- case: a schema comes with all that is in it, and one goes
-- from
CREATE SCHEMA one;
CREATE TABLE one.t (id serial PRIMARY KEY, a int CHECK (a > 0));
CREATE INDEX t_a ON one.t (a);
CREATE VIEW one.v AS SELECT * FROM one.t;
-- to
CREATE SCHEMA two;
CREATE TYPE two.mood AS ENUM ('sad');
CREATE TABLE two.t (id serial PRIMARY KEY, m two.mood DEFAULT 'sad');
CREATE INDEX t_m ON two.t (m);
CREATE VIEW two.v AS SELECT * FROM two.t;
