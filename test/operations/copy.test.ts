import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyFrom, createTable, execute } from '../../src/operations/registry.ts'
import { planRevision } from '../../src/plan/plan.ts'
import { summarize } from '../../src/plan/stage.ts'
import { stageSql } from '../../src/plan/stage-sql.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'limbeck-copy-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

function dataFile(name: string, text: string | Buffer): string {
  const path = join(directory, name)
  writeFileSync(path, text)
  return path
}

describe.each(targets)('copyFrom on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const countries = 'CREATE TABLE countries (code text, name text, people bigint, note text)'

  test('reads a file that lies beside the revision', async () => {
    await bench.prepare(countries)
    const from = { file: 'data/countries.csv' }
    await bench.apply([copyFrom({ table: 'countries', from, format: 'csv', header: true })])
    expect(await bench.rows('SELECT code, name, people::int, note FROM countries')).toEqual([
      { code: 'at', name: 'Austria', people: 9_200_000, note: '' },
      { code: 'fr', name: 'France, with\nits islands', people: 68_000_000, note: null },
      { code: 'xx', name: "It's nowhere", people: null, note: null },
    ])
  })

  test('joins its neighbours in one transaction, and its rows go with it', async () => {
    await bench.prepare()
    const table = createTable({ name: 't', columns: [{ name: 'a', type: 'integer' }] })
    const copy = copyFrom({ table: 't', from: { stream: () => ['1\n2', '\n'] }, freeze: true })
    const stages = await bench.apply([table, copy, execute({ sql: 'UPDATE t SET a = a + 1' })])
    expect(stages).toEqual(['transaction'])
    expect(await bench.rows('SELECT a FROM t ORDER BY a')).toEqual([{ a: 2 }, { a: 3 }])
    const failing = bench.apply([
      copyFrom({ table: 't', from: { stream: () => ['7\n'] } }),
      execute({ sql: 'SELECT 1/0' }),
    ])
    await expect(failing).rejects.toThrow('division by zero')
    expect(await bench.rows('SELECT a FROM t ORDER BY a')).toEqual([{ a: 2 }, { a: 3 }])
  })

  test('takes a large file, and one that is wrong far from its end', async () => {
    await bench.prepare('CREATE TABLE t (id int PRIMARY KEY, note text)')
    const lines = Array.from({ length: 200_000 }, (_, n) => `${n}\t${'x'.repeat(50)}`)
    const from = { file: dataFile('large.txt', `${lines.join('\n')}\n`) }
    await bench.apply([copyFrom({ table: 't', from, key: ['id'] })])
    expect(await bench.rows('SELECT count(*)::int FROM t')).toEqual([{ count: 200_000 }])
    await bench.prepare('CREATE TABLE t (id int PRIMARY KEY, note text)')
    lines[10] = 'ten\tx'
    const wrong = { file: dataFile('wrong.txt', `${lines.join('\n')}\n`) }
    await expect(bench.apply([copyFrom({ table: 't', from: wrong })])).rejects.toThrow(
      `copy ${wrong.file} into t): ${wrong.file}:11, column id: invalid input syntax for type integer: "ten"`,
    )
    await bench.apply([copyFrom({ table: 't', from })])
  })

  test('is undone by its key, from the same data, and leaves every other row', async () => {
    await bench.prepare(`CREATE TABLE t (id int, name text, twice int GENERATED ALWAYS AS (id * 2) STORED);
      INSERT INTO t VALUES (1, 'other'), (3, 'c')`)
    const copy = copyFrom({ table: 't', from: { stream: () => ['1\ta\n2\tb\n'] }, key: ['id', 'name'] })
    await bench.apply([copy])
    await bench.undo([copy])
    expect(await bench.rows('SELECT id, name FROM t ORDER BY id')).toEqual([
      { id: 1, name: 'other' },
      { id: 3, name: 'c' },
    ])
  })

  test('asks the stream again when the transaction is tried again', async () => {
    await bench.prepare('CREATE TABLE t (a int); CREATE SEQUENCE tries')
    let asked = 0
    const stream = () => {
      asked++
      return Readable.from(['1\n', Buffer.from('2\n')])
    }
    const failOnce = execute({
      sql: "DO $$BEGIN IF nextval('tries') = 1 THEN RAISE SQLSTATE '40001'; END IF; END$$",
      inverse: null,
    })
    await bench.apply([copyFrom({ table: 't', from: { stream } }), failOnce], bench.connection, {
      attempts: 2,
    })
    expect(asked).toBe(2)
    expect(await bench.rows('SELECT a FROM t ORDER BY a')).toEqual([{ a: 1 }, { a: 2 }])
  })

  test('stores nothing of a stream that breaks off, and says why', async () => {
    await bench.prepare('CREATE TABLE t (a int)')
    const stream = async function* () {
      yield '1\n'.repeat(100_000)
      throw new Error('the well ran dry')
    }
    const failing = bench.apply([copyFrom({ table: 't', from: { stream } })])
    await expect(failing).rejects.toThrow('stage 1 (copy a stream into t): the well ran dry')
    expect(await bench.rows('SELECT count(*)::int FROM t')).toEqual([{ count: 0 }])
  })

  test('is a mistake in the plan where there is no such file', async () => {
    await bench.prepare('CREATE TABLE t (a int)')
    const failing = bench.apply([copyFrom({ table: 't', from: { file: 'data/none.csv' } })])
    await expect(failing).rejects.toMatchObject({
      code: 'REVISION_MISTAKE',
      message: expect.stringContaining('example.ts: The data cannot be read: ENOENT'),
    })
  })

  test('finds where its rows come from, though a name says FROM STDIN', async () => {
    await bench.prepare('CREATE TABLE " FROM STDIN" (" FROM ""STDIN" int, b int)')
    const columns = [' FROM "STDIN']
    await bench.apply([copyFrom({ table: ' FROM STDIN', columns, from: { stream: () => ['1\n'] } })])
    expect(await bench.rows('SELECT * FROM " FROM STDIN"')).toEqual([{ ' FROM "STDIN': 1, b: null }])
  })
})

test('a plan shows the statement and the file, and the fingerprint is that of the data', async () => {
  const file = dataFile('data.csv', '1\n')
  const stage = async () => {
    const directive = copyFrom({ table: 't', from: { file }, format: 'csv', key: ['a'] })
    const planned = await planRevision({
      revision: {
        id: 'a',
        downRevisions: [],
        branchLabels: [],
        dependsOn: [],
        message: '',
        createDate: null,
        phase: null,
        replaces: [],
        parts: [],
        file: 'a.ts',
      },
      direction: 'upgrade',
      recording: { directives: [{ directive, at: null }], open: null },
      server: { major: 18 },
    })
    return planned.stages.map((one) => ({ sql: stageSql(one), fingerprint: summarize(one, 1).fingerprint }))
  }
  const before = await stage()
  expect(before.map(({ sql }) => sql)).toEqual([
    [`-- reads ${file}\nCOPY "t" FROM STDIN WITH (FORMAT csv, ENCODING 'UTF8')`],
  ])
  expect(await stage()).toEqual(before)
  writeFileSync(file, '2\n')
  expect(await stage()).not.toEqual(before)
})
