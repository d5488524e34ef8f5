import { describe, expect, test, vi } from 'vitest'
import {
  backfillCancel,
  backfillList,
  backfillPause,
  backfillResume,
  backfillTune,
  type Config,
  type MigrateEvent,
  upgrade,
} from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers } from '../servers/databases.ts'

const rows = 3_000

describe.each(servers())('an operator on $name', (server) => {
  const open = async () => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await server.open())
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, done boolean);
      INSERT INTO users SELECT n FROM generate_series(1, ${rows}) n;
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(0.002); RETURN NEW; END$$;
      CREATE TRIGGER slow BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION slow()`)
    const project = stack.use(
      await testProject({ id: 'done', upgrade: "  op.backfill({ table: 'users', set: { done: true } })" }),
    )
    const config: Config = {
      migrations: project.migrations,
      database: database.url,
      lint: 'off' as const,
      batchRows: 20,
      batchMilliseconds: 40,
    }
    return {
      config,
      done: async () => (await database.query('SELECT count(done)::int AS done FROM users'))[0]?.['done'],
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  }

  /** Runs, and does something once after the first batch; `events` gathers what is told. */
  const upgradeAnd = (config: Config, act: () => Promise<unknown>, events: MigrateEvent[] = []) => {
    let acted = false
    return upgrade(config, {
      onEvent(event) {
        events.push(event)
        if (event.type !== 'backfill' || acted) return
        acted = true
        void act()
      },
    })
  }

  test('pauses a backfill that runs in another session, sees that it stands still, and lets it go on', async () => {
    await using made = await open()
    const events: MigrateEvent[] = []
    const running = upgradeAnd(made.config, () => backfillPause(made.config), events)
    await expect
      .poll(async () => (await backfillList(made.config)).backfills[0]?.state, { timeout: 5_000 })
      .toBe('paused')
    await expect
      .poll(() => events.some((event) => event.type === 'backfill-waits'), { timeout: 5_000 })
      .toBe(true)
    const stands = await made.done()
    expect(stands).toBeLessThan(rows)
    const [status] = (await backfillList(made.config)).backfills
    expect(status).toMatchObject({
      revision: 'done',
      title: 'users.done',
      waitsFor: 'paused by the operator',
    })
    expect(await made.done()).toBe(stands)
    await backfillResume(made.config)
    await running
    expect(await made.done()).toBe(rows)
    expect(await backfillList(made.config)).toMatchObject({
      backfills: [{ state: 'done', scanned: rows, written: rows, failed: 0, ranges: { done: 6, all: 6 } }],
    })
  })

  test('cancels one; resumed, it goes on from its checkpoint', async () => {
    await using made = await open()
    const running = upgradeAnd(made.config, () => backfillCancel(made.config))
    await expect(running).rejects.toMatchObject({ cause: { code: 'BACKFILL_CANCELLED' } })
    expect((await backfillList(made.config)).backfills[0]?.state).toBe('cancelled')
    const stands = await made.done()
    // As in a process that has only just begun, whose clock stands near zero.
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => Date.now() % 100)
    await expect(upgrade(made.config)).rejects.toMatchObject({ cause: { code: 'BACKFILL_CANCELLED' } })
    clock.mockRestore()
    expect(await made.done()).toBe(stands)
    await backfillResume(made.config, { revision: 'do' })
    await upgrade(made.config)
    expect(await made.done()).toBe(rows)
  })

  test('tunes one while it runs', async () => {
    await using made = await open()
    const events: MigrateEvent[] = []
    await upgradeAnd(made.config, () => backfillTune(made.config, { batchMilliseconds: 400 }), events)
    const sizes = events.flatMap((event) => (event.type === 'backfill' ? [event.progress.batchRows] : []))
    expect(Math.max(...sizes)).toBeGreaterThan(100)
    expect((await backfillList(made.config)).backfills[0]?.batchMilliseconds).toBe(400)
  })

  test('is told which backfills there are where none, or no such one, is under way', async () => {
    await using made = await open()
    await expect(backfillPause(made.config)).rejects.toMatchObject({ code: 'NO_SUCH_BACKFILL' })
    await upgrade({ ...made.config, batchRows: 2_000 })
    await expect(backfillPause(made.config, { revision: 'done' })).rejects.toThrow(
      'No backfill of done is under way.',
    )
  })
})
