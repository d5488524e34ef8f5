-- case: partitioned tables of all strategies come
-- from
CREATE SCHEMA app;
-- to
CREATE SCHEMA app;
CREATE TABLE r (at timestamptz NOT NULL, n int) PARTITION BY RANGE (at);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE r2 PARTITION OF r FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
CREATE TABLE l (a text, b int) PARTITION BY LIST (a);
CREATE TABLE l1 PARTITION OF l FOR VALUES IN ('a', 'b''c', NULL);
CREATE TABLE l2 PARTITION OF l DEFAULT;
CREATE TABLE app.h (a int, b text) PARTITION BY HASH (a, b);
CREATE TABLE app.h0 PARTITION OF app.h FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE app.h1 PARTITION OF app.h FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE h3 PARTITION OF app.h FOR VALUES WITH (MODULUS 4, REMAINDER 3);
CREATE TABLE m (a int, b text, c date) PARTITION BY RANGE (a, lower(b) COLLATE "C" text_pattern_ops, (c + 1));
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (1, 'a', '2020-01-01') TO (1, MAXVALUE, MAXVALUE);
CREATE TABLE b (a boolean) PARTITION BY LIST (a);
CREATE TABLE b1 PARTITION OF b FOR VALUES IN (true);
CREATE TABLE n (a numeric, b bigint) PARTITION BY RANGE (a, b);
CREATE TABLE n1 PARTITION OF n FOR VALUES FROM (-1.5, -3) TO (1.5, 9223372036854775807);

-- case: partitions of partitions
-- from
CREATE TABLE other (id int);
-- to
CREATE TABLE other (id int);
CREATE TABLE p (a int, b text NOT NULL, c date) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10) PARTITION BY LIST (b);
CREATE TABLE p1x PARTITION OF p1 FOR VALUES IN ('x') PARTITION BY HASH (c);
CREATE TABLE p1x0 PARTITION OF p1x FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE p1d PARTITION OF p1 DEFAULT;
CREATE INDEX p_a ON p (a);
CREATE INDEX p1_b ON p1 (b);

-- case: partitions come and go
-- rows: INSERT INTO p VALUES (5, 'five')
-- same: SELECT a, b FROM p
-- from
CREATE TABLE p (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
-- to
CREATE TABLE p (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (20) TO (30);
CREATE TABLE p4 PARTITION OF p DEFAULT;

-- case: a partition is taken out, and another table put in
-- rows: INSERT INTO p1 VALUES (5, 'five'); INSERT INTO alone VALUES (15, 'fifteen')
-- same: SELECT p1.b, alone.b AS c FROM p1, alone
-- from
CREATE TABLE p (a int NOT NULL, b text) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE alone (a int NOT NULL, b text);
-- to
CREATE TABLE p (a int NOT NULL, b text) PARTITION BY RANGE (a);
CREATE TABLE p1 (a int NOT NULL, b text);
CREATE TABLE alone PARTITION OF p FOR VALUES FROM (10) TO (20);

-- case: bounds change
-- rows: INSERT INTO p VALUES (5), (15)
-- same: SELECT a FROM p ORDER BY a
-- from
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
-- to
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (12);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (12) TO (30);

-- case: two partitions exchange their bounds
-- from
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
-- to
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (2);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (1);

-- case: a new partition takes a part of the bounds of another
-- from
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (1) TO (20);
-- to
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);

-- case: a partition takes over the bounds of one that goes
-- from
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
-- to
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (1) TO (20);

-- case: a default partition becomes one of values and another the default
-- from
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p DEFAULT;
-- to
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p DEFAULT;
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);

-- case: a new partition beside the default one
-- rows: INSERT INTO p VALUES (7)
-- same: SELECT a FROM p
-- from
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE pd PARTITION OF p DEFAULT;
-- to
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE pd PARTITION OF p DEFAULT;
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);

-- case: a partition moves to another table
-- from
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE q (a int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- to
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE q (a int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF q FOR VALUES IN (2);

-- case: columns of a partitioned table
-- refused: can only be changed by making it anew
-- rows: INSERT INTO p VALUES (1, 'x', 3)
-- same: SELECT a, c::text FROM p
-- from
CREATE TABLE p (a int, b text, c int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2) PARTITION BY LIST (c);
CREATE TABLE p21 PARTITION OF p2 DEFAULT;
-- to
CREATE TABLE p (a int, c bigint NOT NULL, d text DEFAULT 'x', e timestamptz NOT NULL DEFAULT now()) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);

-- case: columns, defaults and checks of a table with partitions of partitions
-- rows: INSERT INTO p VALUES (1, 'x', 3)
-- same: SELECT a, d::text FROM p
-- from
CREATE TABLE p (a int, b text, d int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2) PARTITION BY LIST (a);
CREATE TABLE p21 PARTITION OF p2 DEFAULT;
CREATE INDEX p_d ON p (d);
-- to
CREATE TABLE p (a int NOT NULL, d bigint DEFAULT 5, e text, CONSTRAINT positive CHECK (d > 0)) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2) PARTITION BY LIST (a);
CREATE TABLE p21 PARTITION OF p2 DEFAULT;
CREATE INDEX p_d ON p (d);
CREATE UNIQUE INDEX p_a ON p (a);

-- case: what partitions have of their own
-- from
CREATE TABLE p (a int, b int DEFAULT 1, c text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
-- to
CREATE TABLE p (a int, b int DEFAULT 1, c text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p (b DEFAULT 2 NOT NULL, c NOT NULL, CONSTRAINT small CHECK (b < 100)) FOR VALUES IN (1);
CREATE INDEX p1_b ON p1 (b);
CREATE UNIQUE INDEX p1_c ON p1 (c);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
ALTER TABLE p2 ALTER b DROP DEFAULT, ALTER c SET STORAGE EXTERNAL, ALTER c SET STATISTICS 50, ADD PRIMARY KEY (a);
ALTER TABLE p2 SET (fillfactor = 50);
COMMENT ON TABLE p2 IS 'second';
GRANT SELECT ON p2 TO pg_monitor;

-- case: what partitions have of their own changes and goes
-- from
CREATE TABLE p (a int, b int DEFAULT 1, c text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p (b DEFAULT 2 NOT NULL, c NOT NULL, CONSTRAINT small CHECK (b < 100), CONSTRAINT u UNIQUE (c)) FOR VALUES IN (1);
CREATE INDEX p1_b ON p1 (b);
-- to
CREATE TABLE p (a int, b int DEFAULT 3, c text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p (b DEFAULT 4, CONSTRAINT small CHECK (b < 200)) FOR VALUES IN (1);
CREATE INDEX p1_b ON p1 (b, c);

-- case: an index of a partition becomes one of the whole table
-- from
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
CREATE INDEX p1_b_idx ON p1 (b);
-- to
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
CREATE INDEX p_b_idx ON p (b);

-- case: an index on the partitioned table alone, and one of which a part is there
-- from
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX p1_b ON p1 (b);
-- to
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX p1_b ON p1 (b);
CREATE INDEX p_a ON ONLY p (a);
CREATE INDEX p_b ON ONLY p (b);
ALTER INDEX p_b ATTACH PARTITION p1_b;

-- case: keys of a partitioned table come
-- rows: INSERT INTO p VALUES (1, 1)
-- same: SELECT * FROM p
-- from
CREATE TABLE p (a int NOT NULL, b int NOT NULL) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- to
CREATE TABLE p (a int NOT NULL, b int NOT NULL, PRIMARY KEY (a, b), UNIQUE (b, a)) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);

-- case: keys of a partitioned table change and go
-- from
CREATE TABLE p (a int, b int NOT NULL, CONSTRAINT k PRIMARY KEY (a), CONSTRAINT u UNIQUE (b, a)) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- to
CREATE TABLE p (a int NOT NULL, b int NOT NULL, CONSTRAINT k PRIMARY KEY (a, b)) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);

-- case: foreign keys from and to a partitioned table
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE p (id int PRIMARY KEY, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE b (p int);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE p (id int PRIMARY KEY, a int REFERENCES a ON DELETE CASCADE) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF p DEFAULT;
CREATE TABLE b (p int REFERENCES p);

-- case: foreign keys of a partitioned table change
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE p (id int PRIMARY KEY, a int CONSTRAINT f REFERENCES a, up int CONSTRAINT g REFERENCES p) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE b (p int CONSTRAINT h REFERENCES p);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE p (id int PRIMARY KEY, a int CONSTRAINT f REFERENCES a ON DELETE CASCADE, up int CONSTRAINT g REFERENCES p DEFERRABLE) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE b (p int CONSTRAINT h REFERENCES p ON UPDATE CASCADE);

-- case: a foreign key of one partition
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE p (id int, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE p (id int, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
ALTER TABLE p1 ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES a;

-- case: a foreign key of one partition becomes one of all
-- from
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE p (id int, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
ALTER TABLE p1 ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES a;
-- to
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE p (id int, a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES a) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);

-- case: a foreign key to a key of one partition
-- from
CREATE TABLE p (id int, n int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE b (n int);
-- to
CREATE TABLE p (id int, n int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
ALTER TABLE p1 ADD CONSTRAINT un UNIQUE (n);
CREATE TABLE b (n int REFERENCES p1 (n));

-- case: a table becomes a partitioned one
-- refused: can only be changed by making it anew
-- from
CREATE TABLE p (id int);
-- to
CREATE TABLE p (id int) PARTITION BY RANGE (id);

-- case: an identity of a partitioned table
-- since: 17
-- from
CREATE TABLE p (id int NOT NULL, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
-- to
CREATE TABLE p (id int GENERATED ALWAYS AS IDENTITY, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);

-- case: a generated column of a partitioned table
-- from
CREATE TABLE p (id int NOT NULL, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
-- to
CREATE TABLE p (id int NOT NULL, a int, b int GENERATED ALWAYS AS (a + 1) STORED) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);

-- case: row security, privileges and comments of a partitioned table
-- from
CREATE TABLE p (id int, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
-- to
CREATE TABLE p (id int, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
ALTER TABLE p ENABLE ROW LEVEL SECURITY;
ALTER TABLE p1 ENABLE ROW LEVEL SECURITY;
CREATE POLICY y ON p TO pg_monitor USING (a > 0);
CREATE POLICY y ON p1 USING (a > 1);
GRANT SELECT ON p TO pg_monitor;
GRANT SELECT (a) ON p1 TO pg_monitor;
COMMENT ON COLUMN p.a IS 'one';
COMMENT ON COLUMN p1.a IS 'another';

-- case: a partitioned table goes, and what its partitions were is a table
-- rows: INSERT INTO p VALUES (1)
-- same: SELECT a FROM p1
-- from
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
-- to
CREATE TABLE p1 (a int);

-- case: a whole tree of partitions goes
-- from
CREATE TABLE p (a int PRIMARY KEY, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (a);
CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1);
CREATE INDEX p_b ON p (b);
CREATE TABLE f (p int REFERENCES p);
-- to
CREATE TABLE f (p int);

-- case: partitions in other schemas and with odd names
-- from
CREATE SCHEMA old;
CREATE TABLE "P p" (a int, "B b" text) PARTITION BY LIST (a);
-- to
CREATE SCHEMA old;
CREATE TABLE "P p" (a int, "B b" text) PARTITION BY LIST (a);
CREATE TABLE old."P 1" PARTITION OF "P p" FOR VALUES IN (1);
CREATE TABLE old."P 2" PARTITION OF "P p" FOR VALUES IN (2) PARTITION BY LIST ("B b" COLLATE "C");
CREATE INDEX "the index" ON "P p" (lower("B b"));

-- case: partitions of which one is attached, with columns in another order
-- rows: INSERT INTO p1 VALUES ('x', 1)
-- same: SELECT a, b FROM p1
-- from
CREATE TABLE p (a int, b text NOT NULL DEFAULT 'b', CONSTRAINT c CHECK (a > 0)) PARTITION BY LIST (a);
CREATE INDEX p_b ON p (b);
CREATE TABLE p1 (b text NOT NULL, a int, CONSTRAINT c CHECK (a > 0));
CREATE INDEX p1_b ON p1 (b);
-- to
CREATE TABLE p (a int, b text NOT NULL DEFAULT 'b', CONSTRAINT c CHECK (a > 0)) PARTITION BY LIST (a);
CREATE INDEX p_b ON p (b);
CREATE TABLE p1 (b text NOT NULL, a int, CONSTRAINT c CHECK (a > 0));
CREATE INDEX p1_b ON p1 (b);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);

-- case: bounds of moments and dates
-- from
CREATE TABLE p (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-02-01 00:00:00+00');
-- to
CREATE TABLE p (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-03-01 00:00:00+00');
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2020-03-01 12:30:00+02') TO ('2020-04-01 00:00:00.5+00');

-- case: a foreign key is of another table, whose index is made without a lock and has parts
-- from
CREATE TABLE orders (region text, id int);
CREATE UNIQUE INDEX orders_once ON orders (region, id);
CREATE TABLE orders_by_region (region text, id int) PARTITION BY LIST (region);
CREATE TABLE orders_north PARTITION OF orders_by_region FOR VALUES IN ('north');
CREATE TABLE items (region text, order_id int);
ALTER TABLE items ADD CONSTRAINT items_order FOREIGN KEY (region, order_id) REFERENCES orders (region, id);
-- to
CREATE TABLE orders (region text, id int);
CREATE TABLE orders_by_region (region text, id int) PARTITION BY LIST (region);
CREATE TABLE orders_north PARTITION OF orders_by_region FOR VALUES IN ('north');
CREATE UNIQUE INDEX orders_once ON orders_by_region (region, id);
CREATE TABLE items (region text, order_id int);
ALTER TABLE items ADD CONSTRAINT items_order FOREIGN KEY (region, order_id) REFERENCES orders_by_region (region, id);

-- case: partitions of tables that reference each other get other tables
-- since: 14
-- from
CREATE TABLE a (k text, n int, UNIQUE (k)) PARTITION BY LIST (k);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN ('1');
CREATE TABLE b (k text, n int, UNIQUE (k)) PARTITION BY LIST (k);
CREATE TABLE b1 PARTITION OF b FOR VALUES IN ('1');
ALTER TABLE a ADD CONSTRAINT a_of_b FOREIGN KEY (k) REFERENCES b (k);
ALTER TABLE b ADD CONSTRAINT b_of_a FOREIGN KEY (k) REFERENCES a (k);
-- to
CREATE TABLE c (k text, n int, UNIQUE (k)) PARTITION BY LIST (k);
CREATE TABLE a1 PARTITION OF c FOR VALUES IN ('1');
CREATE TABLE d (k text, n int, UNIQUE (k)) PARTITION BY LIST (k);
CREATE TABLE b1 PARTITION OF d FOR VALUES IN ('1');
ALTER TABLE c ADD CONSTRAINT a_of_b FOREIGN KEY (k) REFERENCES d (k);
ALTER TABLE d ADD CONSTRAINT b_of_a FOREIGN KEY (k) REFERENCES c (k);

-- case: tables with partitions that reference each other go
-- from
CREATE SCHEMA parts;
CREATE TABLE a (k text, n serial) PARTITION BY LIST (k);
CREATE UNIQUE INDEX a_k ON a (k);
CREATE TABLE parts.a1 PARTITION OF a FOR VALUES IN ('1');
CREATE TABLE parts.a2 PARTITION OF a FOR VALUES IN ('2');
CREATE UNIQUE INDEX a2_once ON parts.a2 (k);
CREATE TABLE b (k text, n int) PARTITION BY LIST (k);
CREATE UNIQUE INDEX b_k ON b (k);
CREATE TABLE b1 PARTITION OF b FOR VALUES IN ('1');
CREATE UNIQUE INDEX b1_once ON b1 (k);
ALTER TABLE a ADD CONSTRAINT a_of_b FOREIGN KEY (k) REFERENCES b (k);
ALTER TABLE b ADD CONSTRAINT b_of_a FOREIGN KEY (k) REFERENCES a (k);
ALTER TABLE parts.a1 ADD CONSTRAINT a1_of_b1 FOREIGN KEY (k) REFERENCES b1 (k);
ALTER TABLE b1 ADD CONSTRAINT b1_of_a2 FOREIGN KEY (k) REFERENCES parts.a2 (k);
-- to

-- case: partitions that are referenced by each other's tables go
-- from
CREATE TABLE a (k text, n int, PRIMARY KEY (k, n)) PARTITION BY LIST (k);
CREATE UNIQUE INDEX a_k ON a (k);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN ('1');
CREATE TABLE b (k text, n int, PRIMARY KEY (k, n)) PARTITION BY LIST (k);
CREATE UNIQUE INDEX b_k ON b (k);
CREATE TABLE b1 PARTITION OF b FOR VALUES IN ('1');
ALTER TABLE a ADD CONSTRAINT a_of_b FOREIGN KEY (k) REFERENCES b (k);
ALTER TABLE b ADD CONSTRAINT b_of_a FOREIGN KEY (k) REFERENCES a (k);
ALTER TABLE a1 ADD CONSTRAINT a1_of_b1 FOREIGN KEY (k, n) REFERENCES b1 (k, n);
ALTER TABLE b1 ADD CONSTRAINT b1_of_a1 FOREIGN KEY (k, n) REFERENCES a1 (k, n);
-- to
CREATE TABLE a (k text, n int, PRIMARY KEY (k, n)) PARTITION BY LIST (k);
CREATE UNIQUE INDEX a_k ON a (k);
CREATE TABLE b (k text, n int, PRIMARY KEY (k, n)) PARTITION BY LIST (k);
CREATE UNIQUE INDEX b_k ON b (k);
ALTER TABLE a ADD CONSTRAINT a_of_b FOREIGN KEY (k) REFERENCES b (k);
ALTER TABLE b ADD CONSTRAINT b_of_a FOREIGN KEY (k) REFERENCES a (k);

-- case: an index of a partitioned table takes the keys of its partitions for its parts
-- one way: PostgreSQL drops such an index only with its table, or with CASCADE.
-- from
CREATE TABLE kept (a int);
-- to
CREATE TABLE kept (a int);
CREATE TABLE p (k text NOT NULL, n int NOT NULL) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p (PRIMARY KEY (k, n)) FOR VALUES IN ('1');
CREATE TABLE p2 PARTITION OF p (CONSTRAINT p2_once UNIQUE (k, n)) FOR VALUES IN ('2');
CREATE UNIQUE INDEX p_once ON p (k, n);

-- case: an index comes to a table whose partitions have its parts as keys
-- one way: PostgreSQL drops such an index only with CASCADE.
-- from
CREATE TABLE p (k text NOT NULL, n int NOT NULL) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p (PRIMARY KEY (k, n)) FOR VALUES IN ('1');
-- to
CREATE TABLE p (k text NOT NULL, n int NOT NULL) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p (PRIMARY KEY (k, n)) FOR VALUES IN ('1');
CREATE UNIQUE INDEX p_once ON p (k, n);

-- case: a partitioned table goes whose index has the keys of its partitions for its parts
-- from
CREATE TABLE kept (a int);
CREATE TABLE p (k text NOT NULL, n int NOT NULL) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p (PRIMARY KEY (k, n)) FOR VALUES IN ('1');
CREATE UNIQUE INDEX p_once ON p (k, n);
-- to
CREATE TABLE kept (a int);

-- case: a foreign partition and a table exchange values
-- from
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER far FOREIGN DATA WRAPPER w;
CREATE TABLE p (a text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('f', 'g');
CREATE FOREIGN TABLE p2 PARTITION OF p FOR VALUES IN ('e') SERVER far;
-- to
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER far FOREIGN DATA WRAPPER w;
CREATE TABLE p (a text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('e', 'g');
CREATE FOREIGN TABLE p2 PARTITION OF p FOR VALUES IN ('f') SERVER far;

-- case: a column goes, and a partition that has it too
-- from
CREATE TABLE p (a int, b int, c text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2) PARTITION BY LIST (c);
CREATE TABLE p2x PARTITION OF p2 FOR VALUES IN ('x');
CREATE INDEX p_b ON p (b);
-- to
CREATE TABLE p (a int, c text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
