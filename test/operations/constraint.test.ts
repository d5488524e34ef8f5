import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createCheckConstraint,
  createForeignKey,
  createPrimaryKey,
  setNotNull,
} from '../../src/operations/registry.ts'
import { sql } from '../../src/sql/tag.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

describe.each(targets)('a constraint on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const valid = async () =>
    bench.rows(
      `SELECT contype, convalidated FROM pg_constraint WHERE conrelid = 't'::regclass AND contype IN ('c', 'f')`,
    )

  test.each([
    ['later', true, ['transaction', 'transaction']],
    ['now', true, ['transaction']],
    ['never', false, ['transaction']],
  ] as const)('is validated %s', async (validation, validated, stages) => {
    const given = 'CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE t (a int)'
    await bench.prepare(given)
    const check = { name: 'k', table: 't', expression: sql`a > ${0}`, validation }
    expect(await bench.apply([createCheckConstraint(check)])).toEqual(stages)
    expect(await valid()).toEqual([{ contype: 'c', convalidated: validated }])

    await bench.prepare(given)
    const key = { name: 'k', table: 't', columns: ['a'], references: { table: 'p' }, validation }
    expect(await bench.apply([createForeignKey(key)])).toEqual(stages)
    expect(await valid()).toEqual([{ contype: 'f', convalidated: validated }])
  })

  test('that a row breaks stops the revision, and says which constraint', async () => {
    await bench.prepare('CREATE TABLE t (a int); INSERT INTO t VALUES (NULL)')
    await expect(bench.apply([setNotNull({ table: 't', column: 'a' })])).rejects.toThrow(
      'check constraint "t_a_not_null_proof" of relation "t" is violated by some row',
    )
  })

  test('becomes a primary key of an index that was built before, over columns that were nullable', async () => {
    await bench.prepare('CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 1), (1, 2)')
    const key = { name: 'k', table: 't', columns: ['b', 'a'], concurrently: true, initiallyDeferred: true }
    expect(await bench.apply([createPrimaryKey(key)])).toEqual(['procedure', 'transaction'])
    expect(
      await bench.rows(
        `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = 'k'`,
      ),
    ).toEqual([{ definition: 'PRIMARY KEY (b, a) DEFERRABLE INITIALLY DEFERRED' }])
    expect(
      await bench.rows(
        'SELECT bool_and(attnotnull) AS all FROM pg_attribute WHERE attrelid = $$t$$::regclass AND attnum > 0',
      ),
    ).toEqual([{ all: true }])
  })
})
