import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { claimRange } from '../../src/backfill/claim.ts'
import { readState } from '../../src/backfill/state.ts'
import { connect } from '../../src/connection/connect.ts'
import {
  backfillList,
  backfillRun,
  type Config,
  type MigrateEvent,
  offlineUpgrade,
  upgrade,
} from '../../src/index.ts'
import { ledgerWriter } from '../../src/ledger/record.ts'
import { runScript } from '../../src/migrate/run-script.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'
import { batchRows, begin, byWorker, expectEachOnce, numbersProject, rows } from './numbers.ts'

const program = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))

/** Backfills wait while it is closed, between two batches. */
function gate() {
  let closed = 1
  const throttle = { own: [{ name: 'the gate', wait: 1, measure: () => closed }] }
  const open = () => {
    closed = 0
  }
  return { throttle, open }
}

/** A worker in a process of its own; those of one project have their settings in its folder. */
function worker(
  migrations: string,
  database: TestDatabase,
  verb: readonly string[],
  env: { readonly [name: string]: string } = {},
) {
  const words = [program, ...verb, '--migrations', migrations, '--database-url', database.url]
  const child = spawn(process.execPath, words, {
    cwd: dirname(migrations),
    stdio: 'ignore',
    env: { ...process.env, ...env },
  })
  return { child, ended: once(child, 'close'), [Symbol.dispose]: () => void child.kill('SIGKILL') }
}

function settings(migrations: string, text: string): Promise<void> {
  return writeFile(join(dirname(migrations), 'limbeck.config.ts'), text)
}

describe.each(servers())('workers on $name', (server) => {
  const open = async (fields?: string) => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await server.open())
    const project = stack.use(await numbersProject(database, fields))
    const config: Config = {
      migrations: project.migrations,
      database: database.url,
      lint: 'off' as const,
      batchRows,
    }
    return { database, project, config, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  }

  test('take part in what an upgrade is at, and leave it the range that it has while it waits, however long', async () => {
    await using made = await open()
    const { throttle, open: openGate } = gate()
    const held = Promise.withResolvers<void>()
    const upgrading = upgrade(
      { ...made.config, throttle, frozenAfter: 1 },
      { onEvent: ({ type }) => type === 'backfill-waits' && held.resolve() },
    )
    await held.promise
    const moved = () => made.database.query('SELECT updated_at FROM limbeck.backfill_range WHERE ordinal = 1')
    const moves: unknown[] = []
    const events: MigrateEvent[] = []
    const onEvent = async (event: MigrateEvent) => {
      events.push(event)
      if (event.type !== 'backfill-waits' || event.reason !== 'other workers have the last ranges') return
      // Longer than a worker that does not move may be there.
      moves.push(await moved())
      await sleep(2_500)
      moves.push(await moved())
      openGate()
    }
    const { backfills } = await backfillRun({ ...made.config, frozenAfter: 1 }, { onEvent })
    await upgrading
    expect(backfills).toMatchObject([{ revision: 'numbers', scanned: rows, ranges: { done: 8, all: 8 } }])
    expect(events.some(({ type }) => type === 'worker-ended')).toBe(false)
    // It has said that it is there.
    expect(moves).toHaveLength(2)
    expect(moves[1]).not.toEqual(moves[0])
    await expectEachOnce(made.database)
    // The upgrade had one range, the worker the seven others.
    expect(await byWorker(made.database)).toEqual([rows / 8, (rows / 8) * 7])
    const last = events.findLast((event) => event.type === 'backfill')
    expect(last).toMatchObject({ progress: { scanned: rows, written: rows } })
  })

  test('finish what an upgrade has left behind, which then only records it', async () => {
    await using made = await open()
    await begin(made.config)
    const { backfills } = await backfillRun(made.config, { workers: 3 })
    expect(backfills).toMatchObject([{ open: true, ranges: { done: 8, all: 8 } }])
    await expectEachOnce(made.database)
    const events: MigrateEvent[] = []
    await upgrade(made.config, { onEvent: (event) => events.push(event) })
    expect(events.filter(({ type }) => type === 'backfill')).toEqual([])
    await expectEachOnce(made.database)
    expect(await backfillRun(made.config)).toMatchObject({ backfills: [] })
    expect((await backfillList(made.config)).backfills).toMatchObject([{ state: 'done', workers: 0 }])
  })

  test('survive SIGKILL at any moment, with an upgrade among them: no row is repeated, none is lost', async () => {
    await using made = await open()
    const { migrations } = made.project
    await settings(migrations, `export default { batchRows: ${batchRows} }\n`)
    await made.database.query(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
      $$BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END$$;
      CREATE TRIGGER slow BEFORE INSERT ON numbers FOR EACH ROW WHEN (NEW.n % 8 = 0) EXECUTE FUNCTION slow()`)
    await begin(made.config)
    const batches = async () => (await backfillList(made.config)).backfills[0]?.batches ?? 0
    for (let round = 0; round < 3; round++) {
      const before = await batches()
      const verbs = [['upgrade'], ['backfill', 'run'], ['backfill', 'run', '--workers', '2']]
      const workers = verbs.map((verb) => worker(migrations, made.database, verb))
      await expect.poll(batches, { timeout: 10_000, interval: 20 }).toBeGreaterThan(before + 2)
      await sleep(Math.random() * 100)
      for (const { child } of workers) child.kill('SIGKILL')
      await Promise.all(workers.map(({ ended }) => ended))
    }
    expect((await backfillList(made.config)).backfills[0]?.scanned).toBeLessThan(rows)
    await backfillRun(made.config)
    await upgrade(made.config)
    await expectEachOnce(made.database)
  })

  test('take over the range of a worker that is frozen, whose session is ended first', async () => {
    await using made = await open()
    const { migrations } = made.project
    const closed = join(dirname(migrations), 'closed')
    await writeFile(closed, '')
    await settings(
      migrations,
      `import { existsSync } from 'node:fs'
      export default { batchRows: ${batchRows}, throttle: { own: [
        { name: 'the gate', wait: 1, measure: () => (existsSync(${JSON.stringify(closed)}) ? 1 : 0) },
      ] } }\n`,
    )
    await begin(made.config)
    using frozen = worker(migrations, made.database, ['backfill', 'run'])
    const { child, ended } = frozen
    const first = async () => (await backfillList(made.config)).backfills[0]
    await expect.poll(async () => (await first())?.waitsFor, { timeout: 15_000 }).toMatch('the gate')
    expect(await first()).toMatchObject({ workers: 1 })
    child.kill('SIGSTOP')
    const events: MigrateEvent[] = []
    await backfillRun({ ...made.config, frozenAfter: 1 }, { onEvent: (event) => events.push(event) })
    expect(events.filter(({ type }) => type === 'worker-ended')).toMatchObject([{ worker: { ordinal: 1 } }])
    await expectEachOnce(made.database)
    await rm(closed)
    child.kill('SIGCONT')
    // It finds its connection gone, and has done nothing more.
    const [code] = await ended
    expect(code).toBe(1)
    await expectEachOnce(made.database)
  })

  test('take over a batch of which nothing is committed, and its rows are done once', async () => {
    await using made = await open()
    const { migrations } = made.project
    const frozen = join(dirname(migrations), 'frozen')
    await settings(migrations, `export default { batchRows: ${batchRows} }\n`)
    await made.project.write({
      id: 'numbers',
      header: "import { writeFileSync } from 'node:fs'\nimport { setTimeout } from 'node:timers/promises'",
      upgrade: `  op.backfill({
    table: 'users',
    columns: ['id'],
    detach: true,
    process: async (users, transaction) => {
      const ids = users.map(({ id }) => id)
      await transaction.query(op.sql\`INSERT INTO numbers (user_id, n) SELECT id, id FROM unnest(\${ids}::int[]) AS id\`)
      if (process.env.FREEZE === undefined) return
      writeFileSync(process.env.FREEZE, '')
      await setTimeout(60_000)
    },
  })`,
    })
    await upgrade(made.config)
    using stuck = worker(migrations, made.database, ['backfill', 'run'], { FREEZE: frozen })
    await expect.poll(() => existsSync(frozen), { timeout: 15_000 }).toBe(true)
    stuck.child.kill('SIGSTOP')
    const events: MigrateEvent[] = []
    await backfillRun({ ...made.config, frozenAfter: 1 }, { onEvent: (event) => events.push(event) })
    expect(events.filter(({ type }) => type === 'worker-ended')).toHaveLength(1)
    await expectEachOnce(made.database)
  })

  test('say whose session it is that is frozen, where they may not end it', async () => {
    await using made = await open()
    await begin(made.config)
    const other = `limbeck_worker_${process.pid}_${server.name.replaceAll(/\D/g, '')}`
    await made.database.query(
      `CREATE ROLE ${other}; GRANT USAGE ON SCHEMA limbeck TO ${other}; GRANT ALL ON ALL TABLES IN SCHEMA limbeck, public TO ${other}`,
    )
    const frozen = await connect(made.database.url)
    const ledger = ledgerWriter('limbeck', { osUser: null, host: null, version: '' })
    const recorded = { ledger, run: '1', stage: 1 }
    const ranges = (await readState({ connection: frozen, ...recorded }))?.ranges ?? []
    await claimRange(frozen, { ...recorded, aliveEverySeconds: 60 }, ranges)
    const database = `${made.database.url}?options=${encodeURIComponent(`-c role=${other}`)}`
    try {
      const refused = backfillRun({ ...made.config, database, frozenAfter: 1 })
      await expect(refused).rejects.toMatchObject({
        cause: { code: 'WORKER_FROZEN', worker: { processId: frozen.processId, ordinal: 1 } },
      })
    } finally {
      await frozen.close()
      await made.database.query(`DROP OWNED BY ${other}; DROP ROLE ${other}`)
    }
    await backfillRun(made.config)
    await expectEachOnce(made.database)
  })

  test('leave a script alone that is at a backfill', async () => {
    await using database = await server.open()
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);
      INSERT INTO users SELECT n FROM generate_series(1, 3000) n;
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END$$;
      CREATE TRIGGER slow BEFORE UPDATE ON users FOR EACH ROW WHEN (OLD.id % 4 = 0) EXECUTE FUNCTION slow()`)
    await using project = await testProject({
      id: 'counted',
      upgrade: "  op.backfill({ table: 'users', set: { n: op.sql`n + 1` } })",
    })
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
    const connection = await connect(database.url)
    const { sql } = await offlineUpgrade(config, { range: 'head' })
    const script = runScript(connection, sql).finally(() => connection.close())
    await expect
      .poll(async () => (await backfillList(config)).backfills[0]?.workers, { timeout: 5_000 })
      .toBe(1)
    await backfillRun({ ...config, frozenAfter: 0.1 })
    await script
    expect(await database.query('SELECT n, count(*)::int AS rows FROM users GROUP BY n')).toEqual([
      { n: 1, rows: 3000 },
    ])
  })

  test('wait while the operator pauses, and end when it is cancelled', async () => {
    await using made = await open()
    await begin(made.config)
    await made.database.query("UPDATE limbeck.backfill SET wanted = 'pause'")
    const waits = async (event: MigrateEvent) => {
      if (event.type === 'backfill-waits')
        await made.database.query("UPDATE limbeck.backfill SET wanted = 'cancel'")
    }
    await expect(backfillRun(made.config, { onEvent: waits })).rejects.toMatchObject({
      cause: { code: 'BACKFILL_CANCELLED' },
    })
    expect(await backfillRun(made.config)).toMatchObject({ backfills: [] })
    await expect(backfillRun(made.config, { revision: 'strange' })).rejects.toMatchObject({
      code: 'NO_SUCH_BACKFILL',
    })
  })
})
