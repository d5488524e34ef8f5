import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bulkInsert } from '../../src/operations/registry.ts'
import { json } from '../../src/sql/value.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

describe.each(targets)('bulkInsert on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const table = `CREATE TABLE t (id bigint, bytes bytea, at timestamptz, real float8, reals float8[], texts text[][],
    exact numeric, doc jsonb, note text DEFAULT 'none')`

  test('gives every value the type of its column', async () => {
    await bench.prepare(table)
    const row = {
      id: 9007199254740993n,
      bytes: Buffer.from([0, 255]),
      at: new Date('2026-01-02T03:04:05.678Z'),
      real: Number.NaN,
      reals: [1.5, Number.POSITIVE_INFINITY, null],
      texts: [
        ['a', "b'"],
        ['\\', '{"'],
      ],
      exact: '0.10',
      doc: { list: [1, 'two', null], big: 12345678901234567890n },
      note: null,
    }
    await bench.apply([bulkInsert({ table: 't', rows: [row] })])
    const [stored] = await bench.rows(
      `SELECT id::text, bytes::text, at::text, real::text, reals::text, texts::text, exact::text, doc::text, note FROM t`,
    )
    expect(stored).toEqual({
      id: '9007199254740993',
      bytes: '\\x00ff',
      at: '2026-01-02 03:04:05.678+00',
      real: 'NaN',
      reals: '{1.5,Infinity,NULL}',
      texts: String.raw`{{a,b'},{"\\","{\""}}`,
      exact: '0.10',
      doc: '{"big": "12345678901234567890", "list": [1, "two", null]}',
      note: null,
    })
  })

  test("tells JSON's null from NULL, and a default from both", async () => {
    await bench.prepare(table)
    const rows = [{ id: 1, doc: json(null) }, { id: 2, doc: null }, { id: 3, doc: json('null') }, {}, {}]
    await bench.apply([bulkInsert({ table: 't', rows })])
    expect(await bench.rows('SELECT id::int, doc::text, note FROM t ORDER BY id')).toEqual([
      { id: 1, doc: 'null', note: 'none' },
      { id: 2, doc: null, note: 'none' },
      { id: 3, doc: '"null"', note: 'none' },
      { id: null, doc: null, note: 'none' },
      { id: null, doc: null, note: 'none' },
    ])
  })

  test('is undone by its key, and leaves every other row', async () => {
    await bench.prepare(`${table}; INSERT INTO t (id, note) VALUES (1, 'b'), (2, 'a')`)
    const rows = Array.from({ length: 2500 }, (_, n) => ({ id: n, note: 'a' }))
    const insert = bulkInsert({ table: 't', rows, key: ['id', 'note'] })
    await bench.apply([insert])
    expect(await bench.rows('SELECT count(*)::int FROM t')).toEqual([{ count: 2502 }])
    await bench.undo([insert])
    expect(await bench.rows('SELECT id::int, note FROM t')).toEqual([{ id: 1, note: 'b' }])
  })

  test('takes fifty thousand rows, long ones among them, in messages of a bounded size', async () => {
    await bench.prepare(`${table}; ALTER TABLE t ADD PRIMARY KEY (id)`)
    const rows = Array.from({ length: 50_000 }, (_, n) => ({
      id: n,
      note: n % 1000 ? 'ä' : 'ä'.repeat(300_000),
    }))
    const insert = bulkInsert({ table: 't', rows, key: ['id'] })
    const lengths: number[] = []
    await bench.apply([insert], {
      ...bench.connection,
      run(text) {
        lengths.push(text.length)
        return bench.connection.run(text)
      },
    })
    expect(lengths.length).toBeGreaterThan(10)
    expect(Math.max(...lengths)).toBeLessThan(1_200_000)
    expect(await bench.rows('SELECT count(*)::int, max(length(note)) AS longest FROM t')).toEqual([
      { count: 50_000, longest: 300_000 },
    ])
    await bench.undo([insert])
    expect(await bench.rows('SELECT count(*)::int FROM t')).toEqual([{ count: 0 }])
  })

  test('is undone whole where its last message fails', async () => {
    await bench.prepare(`${table}; ALTER TABLE t ADD PRIMARY KEY (id)`)
    const rows = Array.from({ length: 50_000 }, (_, n) => ({
      id: n === 49_999 ? 0 : n,
      note: 'a'.repeat(50),
    }))
    await expect(bench.apply([bulkInsert({ table: 't', rows })])).rejects.toThrow('duplicate key')
    expect(await bench.rows('SELECT count(*)::int FROM t')).toEqual([{ count: 0 }])
  })

  test("keeps the rows' own values of an identity column, or lets the sequence number them", async () => {
    await bench.prepare('CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, note text)')
    const rows = [{ id: 70, note: 'a' }]
    await expect(bench.apply([bulkInsert({ table: 't', rows })])).rejects.toThrow('cannot insert')
    await bench.apply([bulkInsert({ table: 't', rows, overriding: 'system' })])
    await bench.apply([bulkInsert({ table: 't', rows, overriding: 'user' })])
    expect(await bench.rows('SELECT id FROM t ORDER BY id')).toEqual([{ id: 1 }, { id: 70 }])
  })

  test('cannot be undone where a row has no key', () => {
    const rows = [{ id: 1 }, { note: 'a' }]
    expect(bulkInsert.definition.inverse({ table: 't', rows, key: ['id'] })).toEqual({
      irreversible: 'A row of t has no id by which it is found again.',
    })
  })
})
