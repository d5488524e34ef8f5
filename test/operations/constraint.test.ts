import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MigrationFailed } from '../../src/migrate/failure.ts'
import {
  createCheckConstraint,
  createForeignKey,
  createNotNullConstraint,
  createPrimaryKey,
  createUniqueConstraint,
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

  test('that a column is not NULL fills what is NULL first, and leaves nothing behind', async () => {
    await bench.prepare('CREATE TABLE t (id int PRIMARY KEY, a int); INSERT INTO t VALUES (1, NULL), (2, 5)')
    const stages = await bench.apply([setNotNull({ table: 't', column: 'a', fill: sql`10 * id` })])
    expect(stages).toEqual(['transaction', 'backfill', 'transaction', 'transaction', 'transaction'])
    expect(await bench.rows('SELECT * FROM t ORDER BY id')).toEqual([
      { id: 1, a: 10 },
      { id: 2, a: 5 },
    ])
    await expect(bench.rows('INSERT INTO t VALUES (3, NULL)')).rejects.toThrow('not-null constraint')
    const left = `SELECT (SELECT count(*)::int FROM pg_trigger WHERE tgrelid = 't'::regclass) AS triggers,
      (SELECT count(*)::int FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'c') AS checks`
    expect(await bench.rows(left)).toEqual([{ triggers: 0, checks: 0 }])
  })

  describe('to whose target some rows refer in vain', () => {
    const given = `CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); INSERT INTO p VALUES (1, 1);
      CREATE TABLE t (id int PRIMARY KEY, b int, a int);
      INSERT INTO t VALUES (1, 1, 1), (2, 2, 1), (3, 1, 2), (4, NULL, 5), (5, NULL, NULL)`
    const key = {
      name: 'k',
      table: 't',
      columns: ['a', 'b'],
      references: { table: 'p', columns: ['a', 'b'] },
    }
    const rows = () => bench.rows('SELECT * FROM t ORDER BY id')

    test('counts and names them before anything is changed', async () => {
      await bench.prepare(given)
      await expect(bench.apply([createForeignKey({ ...key, orphans: 'find' })])).rejects.toMatchObject({
        cause: {
          message: expect.stringContaining('2 rows of t (a, b) refer to nothing in p (a, b)'),
          server: { detail: 'Among their keys: 1, 2; 2, 1.' },
        },
      })
      expect(await valid()).toEqual([])
      await bench.rows('DELETE FROM t WHERE id IN (2, 3)')
      await bench.apply([createForeignKey({ ...key, orphans: 'find' })])
      expect(await valid()).toEqual([{ contype: 'f', convalidated: true }])
    })

    test('lets go of what it cannot find, and of nothing else', async () => {
      await bench.prepare(given)
      expect(await bench.apply([createForeignKey({ ...key, orphans: 'set null' })])).toEqual([
        'transaction',
        'transaction',
        'backfill',
        'transaction',
      ])
      expect(await valid()).toEqual([{ contype: 'f', convalidated: true }])
      expect(await rows()).toEqual([
        { id: 1, b: 1, a: 1 },
        { id: 2, b: null, a: null },
        { id: 3, b: null, a: null },
        { id: 4, b: null, a: 5 },
        { id: 5, b: null, a: null },
      ])
    })

    test('is refused where what is to be NULL may not be', async () => {
      await bench.prepare(
        `${given}; DELETE FROM t WHERE b IS NULL; ALTER TABLE t ALTER COLUMN b SET NOT NULL`,
      )
      await expect(bench.apply([createForeignKey({ ...key, orphans: 'set null' })])).rejects.toThrow(
        'b of t is NOT NULL',
      )
      expect(await valid()).toEqual([])
    })

    test('takes a key of which a part is NULL for one that refers, if the match is FULL', async () => {
      await bench.prepare(given)
      await bench.apply([createForeignKey({ ...key, match: 'FULL', orphans: 'delete' })])
      expect((await rows()).map((row) => row['id'])).toEqual([1, 5])
      expect(await valid()).toEqual([{ contype: 'f', convalidated: true }])
    })

    test.each([
      ['later', 'The key is there, but not valid', false],
      ['now', 'Nothing has been changed', null],
    ] as const)(
      'gives a query that lists them, and says what to do, where they are met %s',
      async (validation, state, added) => {
        await bench.prepare(`CREATE TABLE "My p" (a int, b int, PRIMARY KEY (a, b)); ${given}`)
        const references = { table: 'My p', columns: ['a', 'b'] }
        const failed = await bench
          .apply([createForeignKey({ ...key, references, validation })])
          .catch((error: unknown) => error)
        expect(failed).toMatchObject({
          code: 'MIGRATION_FAILED',
          cause: { server: { sqlState: '23503' } },
          hint: expect.stringMatching(new RegExp(`${state}.*orphans: 'find', 'set null' or 'delete'`)),
        })
        const query = /SELECT .*?;/.exec((failed as MigrationFailed).hint ?? '')?.[0] ?? ''
        expect((await bench.rows(query)).map((row) => row['id']).toSorted()).toEqual([1, 2, 3])
        expect(await valid()).toEqual(added === null ? [] : [{ contype: 'f', convalidated: added }])
      },
    )

    test('are met where it is not said to which columns it refers, and cannot be listed', async () => {
      await bench.prepare(given)
      await expect(
        bench.apply([createForeignKey({ ...key, references: { table: 'p' } })]),
      ).rejects.toMatchObject({
        hint: expect.stringMatching(/^Some rows refer to nothing.*references\.columns/),
      })
    })

    test('may be the table itself', async () => {
      await bench.prepare(
        'CREATE TABLE t (id int PRIMARY KEY, a int); INSERT INTO t VALUES (1, NULL), (2, 1), (3, 7)',
      )
      const parent = { ...key, columns: ['a'], references: { table: 't', columns: ['id'] } }
      await bench.apply([createForeignKey({ ...parent, orphans: 'delete' })])
      expect((await rows()).map((row) => row['id'])).toEqual([1, 2])
    })
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

  test('of NOT NULL that a row breaks is there before it is validated, and says its name', async () => {
    if (target.major < 18) return
    await bench.prepare('CREATE TABLE t (a int); INSERT INTO t VALUES (NULL)')
    const notNull = { name: 'a is given', table: 't', column: 'a' }
    await expect(bench.apply([createNotNullConstraint(notNull)])).rejects.toThrow(
      'column "a" of relation "t" contains null values',
    )
    expect(await bench.rows(`SELECT convalidated FROM pg_constraint WHERE conname = 'a is given'`)).toEqual([
      { convalidated: false },
    ])
  })

  test('that is not enforced is added in one transaction over rows that break it', async () => {
    if (target.major < 18) return
    await bench.prepare(
      'CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE t (a int); INSERT INTO t VALUES (-1)',
    )
    const check = { name: 'k', table: 't', expression: sql`a > 0`, enforced: false } as const
    const key = {
      name: 'f',
      table: 't',
      columns: ['a'],
      references: { table: 'p' },
      enforced: false,
    } as const
    expect(await bench.apply([createCheckConstraint(check), createForeignKey(key)])).toEqual(['transaction'])
  })

  test('that took over an index gives another back, built concurrently', async () => {
    await bench.prepare('CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a)')
    const key = createUniqueConstraint({ name: 'k', table: 't', usingIndex: 'i', was: { columns: ['a'] } })
    expect(await bench.apply([key])).toEqual(['transaction'])
    await bench.undo([key])
    expect(
      await bench.rows(
        `SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = 't'::regclass`,
      ),
    ).toEqual([{ name: 'i' }])
  })
})
