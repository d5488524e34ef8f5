import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import {
  backfillList,
  backfillVerify,
  downgrade,
  type MigrateEvent,
  offlineUpgrade,
  status,
  upgrade,
} from '../../src/index.ts'
import { servers, targets } from '../servers/databases.ts'
import { type TestRevision, testProject } from './project.ts'

type Target = (typeof targets)[number]

async function open(target: Target, ...revisions: readonly TestRevision[]) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await target.open())
  const project = stack.use(await testProject(...revisions))
  const config = { database: database.url, lint: 'off' as const, migrations: project.migrations }
  return { database, project, config, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

/** What the failed attempts of `upgrade` leave is a stage that is done, and one that fails. */
const twoStages = `  op.execute({ sql: 'CREATE TABLE t (id int PRIMARY KEY)' })
  op.createIndex({ name: 't_idx', table: 't', columns: ['id'], concurrently: true })`
const failing = `\n  op.execute({ sql: 'SELECT 1 / 0' })`

describe.each(targets)('a file that was edited while it was half done, on $name', (target) => {
  test('is refused where it asks something in a stage that is done', async () => {
    await using made = await open(target, { id: 'a', upgrade: twoStages + failing })
    await expect(upgrade(made.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    await made.project.write({ id: 'a', upgrade: `  await op.query('SELECT 1 AS one')\n${twoStages}` })
    await expect(upgrade(made.config)).rejects.toMatchObject({ code: 'STAGE_CHANGED' })
  })

  test('is refused where a stage that is done was taken out', async () => {
    await using made = await open(target, { id: 'a', upgrade: twoStages + failing })
    await expect(upgrade(made.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    await made.project.write({ id: 'a', upgrade: twoStages.split('\n')[0] ?? '' })
    await expect(upgrade(made.config)).rejects.toMatchObject({ code: 'STAGE_CHANGED' })
  })

  test('goes on with another expression of a backfill, and says so', async () => {
    const backfill = (x: string) => `  op.backfill({ table: 't', set: { x: op.sql\`${x}\` } })`
    await using made = await open(target, { id: 'a', upgrade: backfill('1 / (id - 250)') })
    await made.database.query(
      'CREATE TABLE t (id int PRIMARY KEY, x int); INSERT INTO t SELECT generate_series(1, 300)',
    )
    // A batch is as large whatever time the one before it took.
    const config = { ...made.config, batchRows: 100, batchMilliseconds: 60_000 }
    await expect(upgrade(config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    await made.project.write({ id: 'a', upgrade: backfill('7') })
    const events: MigrateEvent[] = []
    await upgrade(config, { onEvent: (event) => events.push(event) })
    expect(events.filter(({ type }) => type === 'backfill-edited')).toMatchObject([{ revision: 'a' }])
    expect(await made.database.query('SELECT count(*)::int AS n FROM t WHERE x = 7')).toEqual([{ n: 200 }])
  })
})

test.each(targets)(
  'a foreign key that meets rows that refer to nothing goes on where it is told to delete them, on $name',
  async (target) => {
    const key = (more: string) =>
      `  op.createForeignKey({ name: 'k', table: 't', columns: ['a'], references: { table: 'p', columns: ['id'] }${more} })`
    await using made = await open(target, { id: 'a', upgrade: key('') })
    await made.database.query(
      'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, a int); INSERT INTO t VALUES (1, 7)',
    )
    await expect(upgrade(made.config)).rejects.toMatchObject({
      hint: expect.stringContaining("orphans: 'delete' may still be said"),
    })
    await made.project.write({ id: 'a', upgrade: key(", orphans: 'delete'") })
    await upgrade(made.config)
    expect(await made.database.query('SELECT convalidated FROM pg_constraint WHERE conname = $$k$$')).toEqual(
      [{ convalidated: true }],
    )
  },
)

describe.each(targets)('text of the author on $name', (target) => {
  test.for(['revision', 'all'] as const)('may end in a comment: --transaction %s', async (transaction) => {
    await using made = await open(
      target,
      {
        id: 'a',
        upgrade: `  op.execute({ sql: 'CREATE TABLE a (id int) -- first' })
  op.execute({ sql: op.sql\`INSERT INTO a VALUES (\${1}) -- second\` })
  op.createTable({ name: 'b', columns: [{ name: 'id', type: 'int' }] })`,
      },
      { id: 'b', down: 'a', upgrade: `  op.execute({ sql: 'INSERT INTO a VALUES (2) -- third' })` },
    )
    await upgrade(made.config, { transaction })
    expect(
      await made.database.query(
        "SELECT array_agg(id ORDER BY id) AS ids, to_regclass('b') IS NOT NULL AS b FROM a",
      ),
    ).toEqual([{ ids: [1, 2], b: true }])
    expect((await status(made.config)).pending).toEqual([])
  })

  test('may be answered with a number that JavaScript cannot hold, and is again when it goes on', async () => {
    const body = (
      end: string,
    ) => `  op.execute({ sql: "CREATE TABLE j AS SELECT '{\\"n\\": 12345678901234567890}'::jsonb AS v" })
  const [row] = await op.query('SELECT v FROM j')
  op.createIndex({ name: 'j_idx', table: 'j', columns: ['v'], concurrently: true })
  op.execute({ sql: op.sql\`${end}\` })
  op.execute({ sql: op.sql\`CREATE TABLE told AS SELECT \${row.v}::jsonb AS v\` })`
    await using made = await open(target, { id: 'a', upgrade: body('SELECT 1 / 0') })
    await expect(upgrade(made.config)).rejects.toMatchObject({ cause: { server: { sqlState: '22012' } } })
    await made.project.write({ id: 'a', upgrade: body('SELECT 1') })
    await upgrade(made.config)
    expect(await made.database.query('SELECT (SELECT v FROM j) = (SELECT v FROM told) AS same')).toEqual([
      { same: true },
    ])
  })

  test('may hold half a character in its error', async () => {
    // It reads the database, so that it throws in the run and not when it is planned.
    const body = (end: string) =>
      `  op.execute({ sql: 'CREATE TABLE t (id int)' })\n  await op.query('SELECT FROM t')\n${end}`
    await using made = await open(target, {
      id: 'a',
      upgrade: `  op.createTable({ name: 'kept', columns: [{ name: 'id', type: 'int' }] })
  op.createIndex({ name: 'kept_idx', table: 'kept', columns: ['id'], concurrently: true })
${body("  throw new Error('half \\ud83d and \\0 nothing')")}`,
    })
    await expect(upgrade(made.config)).rejects.toThrow('half')
    const [unfinished] = (await status(made.config)).unfinished
    expect(unfinished?.status).toBe('failed')
    expect(unfinished?.error?.message).toContain('half \ufffd and')
  })

  test('cannot leave its words in a script', async () => {
    await using made = await open(target, { id: 'a', upgrade: '' })
    const message = "It's `touch pwned` \\\\! and :y"
    await writeFile(
      join(made.project.migrations, 'b.ts'),
      `/** ${message} */\nexport const revision = 'b'\nexport const downRevision = 'a'\nexport function upgrade() {}\n`,
    )
    const { sql } = await offlineUpgrade(made.config, { range: 'head', postgres: 18 })
    const echoes = sql.split('\n').filter((line) => line.startsWith('\\echo'))
    expect(echoes.join('\n')).toContain('touch pwned')
    // psql expands backquotes and colons outside of quotes only.
    for (const line of echoes) expect(line).toMatch(/^\\echo '(?:[^'\\]|''|\\\\)*'$/)
  })
})

describe.each(targets)('rows of a backfill on $name', (target) => {
  test('are found under any name', async () => {
    await using made = await open(target, {
      id: 'a',
      upgrade: `  op.backfill({ table: 't', set: { x: op.sql\`1\` } })`,
    })
    await made.database.query(
      `CREATE TABLE t (position int, range int, x int, PRIMARY KEY (position, range));
       INSERT INTO t SELECT n, n FROM generate_series(1, 120000) n; ANALYZE t`,
    )
    await upgrade({ ...made.config, batchRows: 20_000 })
    expect(await made.database.query('SELECT count(x)::int AS n FROM t')).toEqual([{ n: 120_000 }])
  }, 60_000)

  test('are not looked at again once the revision was taken back', async () => {
    await using made = await open(target, {
      id: 'a',
      upgrade: `  op.addColumn({ table: 't', column: { name: 'x', type: 'int' } })
  op.backfill({ table: 't', set: { x: op.sql\`1\` } })`,
    })
    await made.database.query('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)')
    await upgrade(made.config)
    expect((await backfillVerify(made.config)).verified).toMatchObject([{ checked: 1, wrong: 0 }])
    await downgrade(made.config, { to: 'base', acceptLoss: true })
    expect((await backfillVerify(made.config)).verified).toEqual([])
    expect((await backfillList(made.config)).backfills).toMatchObject([{ current: false }])
  })

  test('that were set aside are told of when it ends', async () => {
    await using made = await open(target, {
      id: 'a',
      upgrade: `  op.backfill({ table: 't', set: { x: op.sql\`1 / (id - 1)\` }, failedRows: 3 })`,
    })
    await made.database.query('CREATE TABLE t (id int PRIMARY KEY, x int); INSERT INTO t VALUES (1), (2)')
    const events: MigrateEvent[] = []
    await upgrade(made.config, { onEvent: (event) => events.push(event) })
    expect(events).toContainEqual({ type: 'rows-set-aside', revision: 'a', rows: 1 })
  })
})

describe.each(servers())('on $name', (target) => {
  test('everything in one transaction is tried again where it meets a lock', async () => {
    await using made = await open(
      target,
      { id: 'a', upgrade: `  op.addColumn({ table: 't', column: { name: 'x', type: 'int' } })` },
      { id: 'b', down: 'a', upgrade: `  op.addColumn({ table: 't', column: { name: 'y', type: 'int' } })` },
    )
    await made.database.query('CREATE TABLE t (id int)')
    const holder = await connect(made.database.url)
    await holder.run('BEGIN; LOCK TABLE t')
    const events: MigrateEvent[] = []
    const run = upgrade(
      { ...made.config, lockTimeout: 50 },
      {
        transaction: 'all',
        onEvent: (event) => {
          events.push(event)
          if (event.type === 'retry') void holder.run('COMMIT')
        },
      },
    )
    expect((await run).applied).toHaveLength(2)
    await holder.close()
    expect(events.some(({ type }) => type === 'retry')).toBe(true)
  })
})
