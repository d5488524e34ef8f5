import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { factsOf } from '../../src/operations/operations.ts'
import { alterMaterializedView, alterView, replaceView } from '../../src/operations/registry.ts'
import { sql } from '../../src/sql/tag.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

describe.each(targets)('a view on $name that is replaced', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const change = replaceView({
    name: 'v',
    query: sql`SELECT b FROM t`,
    recreate: true,
    was: { query: sql`SELECT a, b FROM t` },
  })

  test('is made anew with the views on it', async () => {
    await bench.prepare(`CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a, b FROM t;
      CREATE VIEW w AS SELECT b FROM v; COMMENT ON VIEW w IS 'kept'; GRANT SELECT ON w TO pg_monitor;
      CREATE MATERIALIZED VIEW m AS SELECT b FROM w; CREATE INDEX i ON m (b); COMMENT ON INDEX i IS 'kept too'`)
    const above = async () => (await bench.catalog()).filter((line) => !/\bv\b/.test(line))
    const before = await above()
    await bench.apply([change])
    expect(await above()).toEqual(before)
  })

  test('is not made anew while another view uses what goes, and nothing has changed then', async () => {
    await bench.prepare(`CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a, b FROM t;
      CREATE VIEW w AS SELECT a FROM v`)
    const before = await bench.catalog()
    await expect(bench.apply([change])).rejects.toThrow(/column (v\.a|"a") does not exist/)
    await bench.connection.run('ROLLBACK')
    expect(await bench.catalog()).toEqual(before)
  })

  test('is made anew only where PostgreSQL does not replace it', async () => {
    await bench.prepare('CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a, b FROM t')
    const number = async () => (await bench.rows(`SELECT 'v'::regclass::oid AS oid`))[0]?.['oid']
    const before = await number()
    await bench.apply([replaceView({ name: 'v', query: sql`SELECT a, b, 1 AS c FROM t`, recreate: true })])
    expect(await number()).toBe(before)
    await bench.apply([replaceView({ name: 'v', query: sql`SELECT a FROM t`, recreate: true })])
    expect(await number()).not.toBe(before)
  })

  test('keeps what was said about a column that it still has, and loses that of one that is gone', async () => {
    await bench.prepare(`CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a, b FROM t;
      COMMENT ON COLUMN v.a IS 'gone'; COMMENT ON COLUMN v.b IS 'kept'; GRANT SELECT (a, b) ON v TO pg_monitor;
      ALTER VIEW v ALTER a SET DEFAULT 1, ALTER b SET DEFAULT 'x'`)
    await bench.apply([change])
    expect(
      await bench.rows(`SELECT attname, col_description(attrelid, attnum) AS remark, pg_get_expr(adbin, adrelid) AS value,
        cardinality(attacl) AS privileges
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = 'v'::regclass`),
    ).toEqual([{ attname: 'b', remark: 'kept', value: "'x'::text", privileges: 1 }])
  })
})

test('a change is irreversible as long as one of its properties has no past, however deep', () => {
  const view = alterView({
    name: 'v',
    securityBarrier: true,
    defaults: { a: { x: 1 }, b: 2 },
    was: { defaults: { a: null } },
  })
  expect(factsOf(view).inverse()).toEqual({
    irreversible:
      'Nothing says what the securityBarrier and defaults.b of the view v was: give "was" to alterView.',
  })
  const settings = { a: { statistics: 5, options: { n_distinct: 1 } } }
  const before = { columnSettings: { a: { statistics: 1, options: {} } } }
  expect(
    factsOf(alterMaterializedView({ name: 'm', columnSettings: settings, was: before })).inverse(),
  ).toHaveProperty('irreversible', expect.stringContaining('the columnSettings.a.options.n_distinct of'))
})
