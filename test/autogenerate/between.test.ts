import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { targets } from '../servers/databases.ts'

const server = 'CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far'
const triggerFunction = 'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$'
const partitions = `${triggerFunction}; CREATE TABLE p (a int, b text) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
  CREATE TABLE a PARTITION OF p DEFAULT PARTITION BY LIST (a); CREATE TABLE aa PARTITION OF a DEFAULT`

/** Two databases that differ in what no example shows. */
const pairs: readonly { readonly what: string; readonly one: string; readonly other: string }[] = [
  {
    what: 'the words that cut a rule stand in its strings and names too',
    one: `CREATE TABLE t (a int, "do" boolean, "Do" text); CREATE TABLE l (a int, x text);
      CREATE RULE "DO WHERE" AS ON UPDATE TO t WHERE OLD.do
        DO ALSO (INSERT INTO l VALUES (OLD.a, ' DO ; ) INSTEAD'); DELETE FROM l WHERE x = ';');
      CREATE RULE n AS ON DELETE TO l DO ALSO (NOTIFY "N;", 'pay;load'; NOTIFY m);
      CREATE RULE s AS ON INSERT TO t WHERE CASE WHEN NEW."Do" = ' DO ' THEN NEW.do ELSE true END
        DO INSTEAD INSERT INTO l VALUES (1, 'INSTEAD ') ON CONFLICT DO NOTHING;
      CREATE RULE u AS ON DELETE TO t DO ALSO (SELECT 1 ORDER BY 1) UNION SELECT 2`,
    other: `CREATE TABLE t (a int, "do" boolean, "Do" text); CREATE TABLE l (a int, x text);
      CREATE RULE "DO WHERE" AS ON UPDATE TO t WHERE NOT OLD.do DO INSTEAD NOTHING; ALTER TABLE t DISABLE RULE "DO WHERE";
      CREATE RULE s AS ON INSERT TO t DO INSTEAD INSERT INTO l VALUES (1, 'INSTEAD ') ON CONFLICT DO NOTHING`,
  },
  {
    what: "a partition's trigger fires at other times than its table's, which is another",
    one: `${partitions}; CREATE TRIGGER g AFTER INSERT OR UPDATE OF a ON p FOR EACH ROW WHEN (NEW.b = '(;)' OR NEW."b" IS NULL)
        EXECUTE FUNCTION f('it''s, (', '');
      ALTER TABLE q DISABLE TRIGGER g; ALTER TABLE aa ENABLE ALWAYS TRIGGER g`,
    other: `${partitions}; CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f('x');
      ALTER TABLE a DISABLE TRIGGER g; ALTER TABLE aa ENABLE REPLICA TRIGGER g`,
  },
  {
    what: "a partition's trigger has to follow its table's",
    one: `${partitions}; CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE q DISABLE TRIGGER g`,
    other: `${partitions}; CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();
      ALTER TABLE p ENABLE REPLICA TRIGGER g; ALTER TABLE q ENABLE ALWAYS TRIGGER g`,
  },
  {
    what: 'views and materialized views stand on a column of another type',
    one: `CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a, b FROM t; ALTER VIEW v ALTER a SET DEFAULT 5; CREATE VIEW w AS SELECT a FROM v;
      CREATE MATERIALIZED VIEW m AS SELECT a, b FROM v; CREATE INDEX i ON m (a); ALTER MATERIALIZED VIEW m CLUSTER ON i; CREATE VIEW e AS SELECT`,
    other: `CREATE TABLE t (a bigint, b text, c int); CREATE VIEW v AS SELECT a, b, c FROM t; ALTER VIEW v ALTER c SET DEFAULT 6;
      CREATE VIEW w AS SELECT a FROM v; CREATE MATERIALIZED VIEW m AS SELECT a, b FROM v WITH NO DATA; CREATE INDEX i ON m (a)`,
  },
  {
    what: 'a policy stands on a column of another type',
    one: `CREATE TABLE t (a int); CREATE TABLE o (x int); CREATE POLICY p ON t TO pg_monitor, pg_read_all_stats USING (a IN (SELECT x FROM o))`,
    other: `CREATE TABLE t (a bigint); CREATE TABLE o (x int, y int); CREATE POLICY p ON t USING (a IN (SELECT y FROM o))`,
  },
  {
    what: 'a publication has other tables, one of them without its child',
    one: `CREATE TABLE t (a int); CREATE TABLE c () INHERITS (t); CREATE TABLE u (a int); CREATE TABLE v (a int); CREATE PUBLICATION p FOR TABLE t, u, v`,
    other: `CREATE TABLE t (a int); CREATE TABLE c () INHERITS (t); CREATE TABLE w (a int); CREATE TABLE v (a int);
      CREATE PUBLICATION p FOR TABLE ONLY t, w WITH (publish = 'insert')`,
  },
  {
    what: 'a foreign table says of its own what comes from its parent otherwise',
    one: `${server}; CREATE TABLE p (a int, b text DEFAULT 'p') PARTITION BY LIST (a); CREATE TABLE i (x int, y text);
      CREATE FOREIGN TABLE q PARTITION OF p FOR VALUES IN (1) SERVER other OPTIONS (t '1');
      ALTER FOREIGN TABLE q ALTER a OPTIONS (column_name 'A'), ALTER a SET NOT NULL, ALTER b SET DEFAULT 'q',
        ADD CONSTRAINT c CHECK (b <> ''), ADD CONSTRAINT d CHECK (b <> 'x') NOT VALID;
      CREATE FOREIGN TABLE j (z int DEFAULT 7, g int GENERATED ALWAYS AS (z * 2) STORED, CONSTRAINT e CHECK (z > 0)) INHERITS (i) SERVER other;
      ALTER FOREIGN TABLE j ALTER x OPTIONS (o 'x'), ALTER z SET STATISTICS 5, ALTER y SET STORAGE external, ALTER z SET (n_distinct = 4),
        ADD CONSTRAINT nv CHECK (z > 1) NOT VALID;
      CREATE VIEW vj AS SELECT * FROM j`,
    other: `${server}; CREATE TABLE p (a int, b text DEFAULT 'p') PARTITION BY LIST (a); CREATE TABLE i (x int, y text);
      CREATE FOREIGN TABLE q PARTITION OF p DEFAULT SERVER other OPTIONS (t '2');
      CREATE FOREIGN TABLE j (z bigint, k int) INHERITS (i) SERVER other; CREATE VIEW vj AS SELECT x FROM j`,
  },
  {
    what: 'a server of another type takes its foreign tables along',
    one: `CREATE FOREIGN DATA WRAPPER far OPTIONS (a '1=2'); CREATE SERVER other TYPE 'x' FOREIGN DATA WRAPPER far;
      CREATE USER MAPPING FOR PUBLIC SERVER other OPTIONS (password 'p'); CREATE FOREIGN TABLE t (a int) SERVER other; CREATE VIEW v AS SELECT a FROM t`,
    other: `CREATE FOREIGN DATA WRAPPER far VALIDATOR postgresql_fdw_validator; CREATE SERVER other TYPE 'y' FOREIGN DATA WRAPPER far;
      CREATE USER MAPPING FOR PUBLIC SERVER other OPTIONS (password 'q', user 'u'); CREATE FOREIGN TABLE t (a int) SERVER other; CREATE VIEW v AS SELECT a FROM t`,
  },
]

describe.each(targets)('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test.for(
    pairs.flatMap(({ what, one, other }) => [[what, one, other] as const, [what, other, one] as const]),
  )('of one database another is made: %s', async ([, given, wanted]) => {
    await bench.prepare(wanted)
    const [to, catalogTo] = [await bench.snapshot(), await bench.catalog()]
    await bench.prepare(given)
    const [from, catalogFrom] = [await bench.snapshot(), await bench.catalog()]
    const { directives, unsaid } = changeBetween(from, to)
    await bench.apply(directives)
    expect(await bench.catalog()).toEqual(catalogTo)
    if (unsaid.length > 0) return
    await bench.undo(directives)
    expect(await bench.catalog()).toEqual(catalogFrom)
  })
})
