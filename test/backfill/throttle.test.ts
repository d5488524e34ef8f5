import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { lookEvery } from '../../src/backfill/throttle.ts'
import { type Config, type MigrateEvent, upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers } from '../servers/databases.ts'

const given = `CREATE TABLE users (id int PRIMARY KEY, done boolean);
  INSERT INTO users SELECT n FROM generate_series(1, 2000) n`

const revision = { id: 'done', upgrade: "  op.backfill({ table: 'users', set: { done: true } })" }

describe.each(servers())('a throttled backfill on $name', (server) => {
  const open = async () => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await server.open())
    await database.query(given)
    const project = stack.use(await testProject(revision))
    return {
      database,
      config: {
        migrations: project.migrations,
        database: database.url,
        lint: 'off' as const,
        batchRows: 50,
        batchMilliseconds: 1,
      } as Config,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  }
  const reasons = (events: readonly MigrateEvent[]) =>
    events.flatMap((event) => (event.type === 'backfill-waits' ? [event.reason] : []))

  test("waits for the project's own SQL and function, says why, and goes on when it may", async () => {
    await using made = await open()
    await made.database.query('CREATE TABLE queue (n int); INSERT INTO queue VALUES (9)')
    const events: MigrateEvent[] = []
    let load = 0
    const throttle = {
      own: [
        { name: 'jobs in the queue', sql: 'SELECT n FROM queue', wait: 5 },
        { name: 'load', measure: () => load, wait: 1 },
      ],
    }
    await upgrade(
      { ...made.config, throttle },
      {
        onEvent(event) {
          events.push(event)
          if (event.type !== 'backfill-waits' || event.reason === null) return
          if (event.reason.startsWith('jobs')) {
            load = 2
            void made.database.query('UPDATE queue SET n = 0')
          } else load = 0
        },
      },
    )
    expect(reasons(events)).toEqual([
      'jobs in the queue: 9, until it is below 5',
      'load: 2, until it is below 1',
      null,
    ])
  })

  test('stops at the upper threshold with the reason, and goes on from there later', async () => {
    await using made = await open()
    let looks = 0
    const measure = async () => {
      // The next look is due after the first batch.
      await sleep(lookEvery)
      return ++looks === 2 ? 80 : 0
    }
    const config = { ...made.config, throttle: { own: [{ name: 'load', measure, wait: 1, stop: 50 }] } }
    await expect(upgrade(config)).rejects.toMatchObject({
      cause: { code: 'BACKFILL_STOPPED', verdict: { reason: 'load: 80, which is 50 or more' } },
    })
    const done = 'SELECT count(done)::int AS done FROM users'
    expect(await made.database.query(done)).toEqual([{ done: 50 }])
    await upgrade({ ...config, throttle: {} })
    expect(await made.database.query(done)).toEqual([{ done: 2000 }])
  })

  test('takes a measure that cannot be had for a reason to wait', async () => {
    await using made = await open()
    const events: MigrateEvent[] = []
    const throttle = { own: [{ name: 'jobs', sql: 'SELECT n FROM no_such_table', wait: 5 }] }
    await upgrade(
      { ...made.config, throttle },
      {
        onEvent(event) {
          events.push(event)
          if (event.type === 'backfill-waits' && event.reason !== null)
            void made.database.query('CREATE TABLE IF NOT EXISTS no_such_table AS SELECT 1 AS n')
        },
      },
    )
    expect(reasons(events)).toEqual(['jobs: the measure cannot be had', null])
  })

  test('can look at every signal that there is', async () => {
    await using made = await open()
    const wait = { wait: 1e18 }
    const throttle = {
      waitingSessions: wait,
      replicaLag: wait,
      slotLag: wait,
      walRate: wait,
      archiveQueue: wait,
      vacuums: wait,
      activeSessions: wait,
      oldestSnapshot: wait,
    }
    const events: MigrateEvent[] = []
    await upgrade({ ...made.config, throttle }, { onEvent: (event) => events.push(event) })
    expect(reasons(events)).toEqual([])
  })
})
