import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import { expandColumn, partitionTable } from '../../src/operations/registry.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { targets } from '../servers/databases.ts'

const given = `CREATE TABLE t (id int PRIMARY KEY, at date NOT NULL, note text); ALTER TABLE t ALTER note SET (n_distinct = 5);
  CREATE TABLE c () INHERITS (t); CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p DEFAULT;
  CREATE MATERIALIZED VIEW m AS SELECT * FROM t; CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far;
  CREATE FOREIGN TABLE f (a int) INHERITS (t) SERVER other`

/** What PGlite from 0.5.17 on does by itself, on every server. */
const numbered = `UPDATE pg_attribute SET attoptions = ARRAY['pg_attver=1'] || coalesce(attoptions, '{}') WHERE attnum > 0
  AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm', 'f'))`

describe.each(targets)("PGlite's own option of columns, on $name,", (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test('is no difference', async () => {
    await bench.prepare(given)
    const [before, catalog] = [await bench.snapshot(), await bench.catalog()]
    await bench.rows(numbered)
    const after = await bench.snapshot()
    expect(after).toEqual(before)
    expect(changeBetween(before, after).directives).toEqual([])
    expect(await bench.catalog()).toEqual(catalog)
  })

  test.each([
    expandColumn({ table: 't', from: 'note', to: 'remark' }),
    partitionTable({ table: 't', by: 'at', every: 'month', from: '2040-01-01', to: '2040-02-01' }),
  ])('is not given to a copy: $kind', async (directive) => {
    await bench.prepare(
      'CREATE TABLE t (id int PRIMARY KEY, at date NOT NULL, note text); ALTER TABLE t ALTER note SET (n_distinct = 5)',
    )
    await bench.rows(numbered)
    await bench.apply([directive])
    const copied = await bench.rows("SELECT FROM pg_attribute WHERE 'n_distinct=5' = ANY (attoptions)")
    expect(copied.length).toBeGreaterThan(1)
  })
})
