import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import { execute } from '../../src/operations/registry.ts'
import { sql } from '../../src/sql/tag.ts'
import { testProject } from '../migrate/project.ts'
import { servers, targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

describe.each(targets)('op.execute on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const run = (...texts: readonly Parameters<typeof execute>[0]['sql'][]) =>
    bench.apply(texts.map((text) => execute({ sql: text })))

  test('sends SQL as it stands', async () => {
    await bench.prepare()
    const texts = ['12:30 :name ::x', '100% %s %(a)s %%', '$1 $$ $tag$', String.raw`\n \\ \'`, '{0} `']
    const values = texts.map((text) => `($q$${text}$q$)`).join(', ')
    await run(`CREATE TABLE t (n serial, a text);
      -- A comment; with 'a quote
      INSERT INTO t (a) VALUES ${values}; /* ; */
      INSERT INTO t (a) VALUES ('it''s;'), (E'tab\\t'), ('back\\slash');;
      DO $do$ BEGIN INSERT INTO t (a) VALUES ('begin; commit;'); END $do$; -- the end`)
    const rows = await bench.rows('SELECT a FROM t ORDER BY n')
    expect(rows.map(({ a }) => a)).toEqual([...texts, "it's;", 'tab\t', 'back\\slash', 'begin; commit;'])
  })

  test('sends values as parameters', async () => {
    await bench.prepare('CREATE TABLE t (a text, b int, query text)')
    const value = `'); DROP TABLE t; -- $1 \\`
    await run(sql`INSERT INTO t VALUES (${value}, ${7}, current_query())`)
    const query = 'INSERT INTO t VALUES ($1, $2, current_query())'
    expect(await bench.rows('SELECT * FROM t')).toEqual([{ a: value, b: 7, query }])
  })

  test('writes values as literals where PostgreSQL takes no parameters: in DDL and in several statements', async () => {
    await bench.prepare()
    await run(
      sql`CREATE TABLE t (a text DEFAULT ${"it's"})`,
      sql`INSERT INTO t DEFAULT VALUES; INSERT INTO t VALUES (${'\\'})`,
    )
    expect(await bench.rows('SELECT a FROM t')).toEqual([{ a: "it's" }, { a: '\\' }])
  })

  test('takes SQL that says nothing', async () => {
    await bench.prepare()
    expect(await run('', '-- nothing', ';;')).toEqual([])
  })

  test('gives what refuses a transaction a stage of its own', async () => {
    await bench.prepare()
    const stages = await run(
      'CREATE TABLE t (a int)',
      'INSERT INTO t VALUES (1); CREATE INDEX CONCURRENTLY i ON t (a); INSERT INTO t VALUES (2)',
      'VACUUM ANALYZE t',
      'REINDEX INDEX CONCURRENTLY i; DROP INDEX CONCURRENTLY i',
    )
    expect(stages).toEqual(['transaction', 'procedure', 'transaction', 'procedure', 'procedure', 'procedure'])
    expect(await bench.rows(`SELECT count(*)::int, to_regclass('i') AS index FROM t`)).toEqual([
      { count: 2, index: null },
    ])
  })

  test('reads all rows for VALIDATE CONSTRAINT under no lock but its own', async () => {
    await bench.prepare('CREATE TABLE t (a int)')
    const stages = await run(
      'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t ADD b int; ALTER TABLE t ADD c int',
    )
    expect(stages).toEqual(['transaction', 'transaction', 'transaction'])
    expect(await bench.rows(`SELECT convalidated AS valid FROM pg_constraint WHERE conname = 'c'`)).toEqual([
      { valid: true },
    ])
  })

  test('lets a new label of an enum be used at once', async () => {
    await bench.prepare("CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (mood mood)")
    const stages = await run("ALTER TYPE mood ADD VALUE 'happy'; INSERT INTO t VALUES ('happy')")
    expect(stages).toEqual(['transaction', 'transaction'])
    expect(await bench.rows('SELECT mood FROM t')).toEqual([{ mood: 'happy' }])
  })

  test('builds an index that was left invalid anew, even with IF NOT EXISTS', async () => {
    await bench.prepare('CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)')
    await expect(bench.rows('CREATE UNIQUE INDEX CONCURRENTLY "I" ON t (a)')).rejects.toThrow()
    const valid = () => bench.rows('SELECT indisvalid FROM pg_index WHERE indrelid = $$t$$::regclass')
    expect(await valid()).toEqual([{ indisvalid: false }])
    await bench.rows('TRUNCATE t')
    await run('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "I" ON t (a)')
    expect(await valid()).toEqual([{ indisvalid: true }])
  })

  test('leaves no invalid index behind where the build fails', async () => {
    await bench.prepare('CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)')
    const build = run('CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)')
    await expect(build).rejects.toThrow('could not create unique index')
    expect(await bench.rows(`SELECT to_regclass('i') AS index`)).toEqual([{ index: null }])
  })

  test('lets savepoints be', async () => {
    await bench.prepare()
    await run('CREATE TABLE t (); SAVEPOINT s; DROP TABLE t; ROLLBACK TO SAVEPOINT s; RELEASE SAVEPOINT s')
    expect(await bench.rows(`SELECT to_regclass('t') AS "table"`)).toEqual([{ table: 't' }])
  })
})

describe.each(servers().slice(0, 1))(
  'op.execute refuses before anything runs, with the file and line,',
  (server) => {
    const control = [
      'BEGIN',
      'COMMIT',
      'ROLLBACK',
      'START TRANSACTION',
      'END',
      'ABORT',
      "PREPARE TRANSACTION 'x'",
    ]

    test.each([
      ...control.map((statement) => [statement, `A revision cannot say ${statement}`] as const),
      ['CREATE INDEX CONCURRENTLY ON t (a)', 'needs a name'] as const,
      ['SELEC 1', 'syntax error at or near "SELEC", at line 1, column 30'] as const,
    ])('%s', async (statement, message) => {
      await using database = await server.open()
      const text = JSON.stringify(`CREATE TABLE before (a int); ${statement}`)
      await using project = await testProject({ id: 'bad', upgrade: `\n\n  op.execute({ sql: ${text} })` })
      const attempt = upgrade({
        migrations: project.migrations,
        database: database.url,
        lint: 'off' as const,
      })
      await expect(attempt).rejects.toThrow(`bad.ts:8: `)
      await expect(attempt).rejects.toThrow(message)
      expect(await database.query(`SELECT to_regclass('before') AS "table"`)).toEqual([{ table: null }])
    })
  },
)
