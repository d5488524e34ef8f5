import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import {
  backfillList,
  backfillRetry,
  backfillRun,
  backfillVerify,
  type Config,
  type MigrateEvent,
  plan,
  upgrade,
} from '../../src/index.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { servers, type TestDatabase, targets } from '../servers/databases.ts'

const rows = 300

const given = `CREATE TABLE orders (id int PRIMARY KEY, customer text NOT NULL);
  CREATE TABLE lines (order_id int NOT NULL, item int NOT NULL, cents int NOT NULL);
  CREATE TABLE totals (order_id int NOT NULL, cents int NOT NULL);
  INSERT INTO orders SELECT n, 'c' || n FROM generate_series(1, ${rows}) n;
  INSERT INTO lines SELECT n, item, n FROM generate_series(1, ${rows}) n, generate_series(1, 2) item`

const sums =
  'SELECT order_id, sum(cents)::int AS cents FROM lines JOIN orders ON id = order_id GROUP BY order_id'

const totals = (query: string, key: string, rest = '') => ({
  id: 'totals',
  upgrade: `  op.backfill({
    from: { query: op.sql\`${query}\`, key: ${key} },
    into: { table: 'totals', columns: ['order_id', 'cents'] },
    transform: (row) => ({ order_id: row.order_id, cents: row.cents }),${rest}
  })`,
})

/** Numbers from 1 on; each call of the stream is written down, with the cursor that it was given. */
const streamed = (body: string, rest = 'transform: ({ n }) => ({ order_id: n, cents: 2 * n }),') => ({
  id: 'totals',
  header: "import { appendFileSync } from 'node:fs'",
  upgrade: `  op.backfill({
    from: {
      async *stream(after) {
        appendFileSync(new URL('../calls', import.meta.url), (after ?? 'start') + '\\n')
        for (let n = after === null ? 1 : Number(after) + 1; n <= ${rows}; n++) { ${body}; yield { n } }
      },
      cursor: ({ n }) => n,
    },
    into: { table: 'totals', columns: ['order_id', 'cents'] },
    ${rest}
  })`,
})

async function expectTotals(database: TestDatabase): Promise<void> {
  expect(
    await database.query(
      'SELECT count(*)::int AS rows, count(DISTINCT order_id)::int AS orders, bool_and(cents = 2 * order_id) AS right FROM totals',
    ),
  ).toEqual([{ rows, orders: rows, right: true }])
}

/** Stops after the first batch, and then goes on. */
async function inTwoGoes(config: Config): Promise<void> {
  const stop = new AbortController()
  const onEvent = ({ type }: MigrateEvent) => type === 'backfill' && stop.abort()
  await expect(upgrade(config, { signal: stop.signal, onEvent })).rejects.toThrow('Stopped as asked')
  await upgrade(config)
}

describe.each(targets)('other sources on $name', (target) => {
  const open = async (...revisions: readonly TestRevision[]) => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await target.open())
    await database.query(given)
    const project = stack.use(await testProject(...revisions))
    const config: Config = {
      migrations: project.migrations,
      database: database.url,
      lint: 'off' as const,
      batchRows: 20,
    }
    const calls = async () =>
      (await readFile(join(dirname(project.migrations), 'calls'), 'utf8')).trim().split('\n')
    return { database, project, config, calls, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  }

  test('a query is walked along its key, and goes on from its checkpoint', async () => {
    await using made = await open(totals(sums, "['order_id']"))
    await inTwoGoes(made.config)
    await expectTotals(made.database)
    expect((await backfillList(made.config)).backfills).toMatchObject([
      { title: 'a query into totals', state: 'done', scanned: rows, written: rows },
    ])
  })

  test('a key of several columns and types; what a process does; an ending comment in the query', async () => {
    const query = 'SELECT customer, item, cents FROM orders JOIN lines ON order_id = id -- all of them'
    await using made = await open({
      id: 'totals',
      upgrade: `  op.backfill({
    from: { query: op.sql\`${query}\`, key: ['customer', 'item'] },
    process: (rows, transaction) => transaction.query(
      op.sql\`INSERT INTO totals SELECT * FROM unnest(\${rows.map(({ item }) => item)}::int[], \${rows.map(({ cents }) => cents)}::int[])\`,
    ),
  })`,
    })
    await inTwoGoes(made.config)
    expect(
      await made.database.query('SELECT count(*)::int AS rows, sum(cents)::int AS cents FROM totals'),
    ).toEqual([{ rows: 2 * rows, cents: rows * (rows + 1) }])
  })

  test.each([
    ["['item']", 'SELECT item, order_id, cents FROM lines', 'several rows have item 1'],
    ["['a']", 'SELECT nullif(id, 7) AS a, 1 AS order_id, 1 AS cents FROM orders', 'a is NULL in a row'],
    ["['b']", 'SELECT id AS a FROM orders', 'its query has no column b'],
  ])('the key %s of a query that tells no rows apart is refused', async (key, query, reason) => {
    await using made = await open(totals(query, key))
    await expect(upgrade(made.config)).rejects.toMatchObject({
      message: expect.stringContaining(reason),
      place: { line: 6 },
      cause: { code: 'NOT_A_KEY' },
    })
    expect(await made.database.query('SELECT * FROM totals')).toEqual([])
  })

  test('rows of a query are set aside, tried again, verified and repaired', async () => {
    await using made = await open(
      totals(sums, "['order_id']", "\n    failedRows: 2,\n    onConflict: { update: ['order_id'] },"),
    )
    await made.database.query(
      'ALTER TABLE totals ADD CHECK (cents <> 14), ADD CONSTRAINT totals_pkey PRIMARY KEY (order_id)',
    )
    await upgrade(made.config)
    expect(await made.database.query('SELECT key FROM limbeck.backfill_failure')).toEqual([{ key: ['7'] }])
    await made.database.query('ALTER TABLE totals DROP CONSTRAINT totals_cents_check')
    expect(await backfillRetry(made.config)).toMatchObject({ retried: [{ done: 1, failed: 0 }] })
    await expectTotals(made.database)
    await made.database.query('UPDATE totals SET cents = 0 WHERE order_id IN (3, 250)')
    expect(await backfillVerify(made.config, { repair: true })).toMatchObject({
      verified: [{ checked: rows, wrong: 2, repaired: 2 }],
    })
    await expectTotals(made.database)
  })

  test('a stream goes on behind its recorded cursor', async () => {
    await using made = await open(streamed(''))
    await inTwoGoes(made.config)
    await expectTotals(made.database)
    expect(await made.calls()).toEqual(['start', '20'])
    expect((await backfillList(made.config)).backfills).toMatchObject([
      { title: 'a stream into totals', state: 'done', scanned: rows, ranges: { done: 1, all: 1 } },
    ])
  })

  test('a stream that throws, and a transform of its rows that does, stop the run; mended, it goes on', async () => {
    await using made = await open(streamed("if (n === 30) throw new Error('no such row')"))
    await expect(upgrade(made.config)).rejects.toMatchObject({
      message: expect.stringContaining('failed behind 20: no such row'),
      cause: { code: 'STREAM_FAILED' },
    })
    await made.project.write(
      streamed(
        '',
        "transform: ({ n }) => { if (n === 100) throw new Error('not this one'); return { order_id: n, cents: 2 * n } },",
      ),
    )
    await expect(upgrade(made.config)).rejects.toMatchObject({
      cause: { code: 'TRANSFORM_FAILED', key: ['100'] },
    })
    await made.project.write(streamed(''))
    await upgrade(made.config)
    await expectTotals(made.database)
  })

  test('a stream whose cursor stands still is refused', async () => {
    const stuck = streamed('')
    await using made = await open({ ...stuck, upgrade: stuck.upgrade.replace('=> n,', '=> 1,') })
    await expect(upgrade(made.config)).rejects.toMatchObject({ cause: { code: 'NOT_A_KEY' } })
  })

  test.each(['failedRows: 1', 'where: op.sql`true`', 'sessions: 2', "columns: ['n']"])(
    'what a stream cannot do is refused before anything runs: %s',
    async (field) => {
      const plain = streamed('')
      await using made = await open({ ...plain, upgrade: `${plain.upgrade.slice(0, -4)}  ${field},\n  })` })
      await expect(plan(made.config)).rejects.toMatchObject({
        code: 'REVISION_MISTAKE',
        line: 6,
        cause: { code: 'INVALID_FIELD' },
      })
    },
  )

  test('a stream can be detached, and cannot be verified', async () => {
    await using made = await open(
      streamed('', 'transform: ({ n }) => ({ order_id: n, cents: 2 * n }), detach: true,'),
    )
    await upgrade(made.config)
    expect(await made.database.query('SELECT * FROM totals')).toEqual([])
    await backfillRun(made.config, { workers: 3 })
    await expectTotals(made.database)
    await expect(backfillVerify(made.config)).rejects.toMatchObject({ code: 'CANNOT_VERIFY' })
  })
})

test.each(servers())('a stream survives SIGKILL at any moment on $name', async (server) => {
  await using database = await server.open()
  await database.query(given)
  await using project = await testProject(streamed('await new Promise((done) => setTimeout(done, 2))'))
  await writeFile(join(dirname(project.migrations), 'limbeck.config.ts'), 'export default { batchRows: 5 }\n')
  const program = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))
  const words = [program, 'upgrade', '--migrations', project.migrations, '--database-url', database.url]
  const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
  const batches = async () => (await backfillList(config)).backfills[0]?.batches ?? 0
  for (let kills = 0; kills < 3; kills++) {
    const before = await batches()
    const child = spawn(process.execPath, words, { cwd: dirname(project.migrations), stdio: 'ignore' })
    const ended = once(child, 'close')
    await expect.poll(batches, { timeout: 10_000, interval: 10 }).toBeGreaterThan(before)
    await sleep(Math.random() * 40)
    child.kill('SIGKILL')
    await ended
  }
  await upgrade(config)
  await expectTotals(database)
})
