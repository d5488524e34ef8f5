import { describe, expect, test } from 'vitest'
import { downgrade, type MigrateEvent, upgrade } from '../../src/index.ts'
import { servers, targets } from '../servers/databases.ts'
import { type TestRevision, testProject } from './project.ts'

const count = 30

/** A chain of small revisions, with some of them said otherwise. */
function chain(otherwise: { readonly [n: number]: string } = {}): readonly TestRevision[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `r${n}`,
    down: n === 0 ? null : `r${n - 1}`,
    upgrade: otherwise[n] ?? `  op.createTable({ name: 't${n}', columns: [{ name: 'id', type: 'bigint' }] })`,
  }))
}

const ids = (to: number) => Array.from({ length: to }, (_, n) => `r${n}`)

describe.each(targets)('a volley on $name', (target) => {
  const open = async (revisions: readonly TestRevision[]) => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await target.open())
    const project = stack.use(await testProject(...revisions))
    return {
      project,
      database,
      config: { database: database.url, lint: 'off' as const, migrations: project.migrations },
      applied: async () =>
        (await database.query('SELECT id FROM limbeck.revision ORDER BY run')).map(({ id }) => id),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  }

  test('takes many revisions in few messages, up and down, and tells of each', async () => {
    await using made = await open(chain())
    const events: MigrateEvent[] = []
    const told = (type: MigrateEvent['type']) => events.filter((event) => event.type === type).length
    await upgrade(made.config, { onEvent: (event) => events.push(event) })
    expect(told('volley-sent')).toBeLessThan(count / 3)
    expect(told('revision-started')).toBe(count)
    expect(told('revision-done')).toBe(count)
    expect(await made.applied()).toEqual(ids(count))
    await downgrade(made.config, { to: 'base', acceptLoss: true })
    expect(await made.applied()).toEqual([])
    expect(await made.database.query("SELECT to_regclass('t0') AS first")).toEqual([{ first: null }])
  })

  test('records for each revision when it began and ended, though one message has one now()', async () => {
    await using made = await open(chain())
    await upgrade(made.config)
    const overlaps = await made.database.query(`
      SELECT * FROM (SELECT started_at, finished_at, lag(finished_at) OVER (ORDER BY id) AS before FROM limbeck.run) r
      WHERE started_at < before OR finished_at < started_at`)
    expect(overlaps).toEqual([])
  })

  test('keeps what came before a revision that fails, whose error has its own place', async () => {
    const clash = "  op.createTable({ name: 't3', columns: [{ name: 'id', type: 'bigint' }] })"
    await using made = await open(chain({ 20: clash }))
    await expect(upgrade(made.config)).rejects.toMatchObject({
      place: { revision: 'r20', stage: 1, line: 6 },
      message: expect.stringContaining('relation "t3" already exists'),
    })
    expect(await made.applied()).toEqual(ids(20))
    await made.project.write({ ...chain()[20]!, id: 'r20' })
    await upgrade(made.config)
    expect(await made.applied()).toEqual(ids(count))
  })

  test('is not stopped by a syntax error further back, before which all is applied', async () => {
    const nonsense =
      "  op.createTable({ name: 'x', columns: [{ name: 'id', type: 'bigint', default: op.sql`1 +` }] })"
    await using made = await open(chain({ 25: nonsense }))
    await expect(upgrade(made.config)).rejects.toMatchObject({ place: { revision: 'r25' } })
    expect(await made.applied()).toEqual(ids(25))
  })

  test('goes on after SQL of the author that forgets what the session had prepared', async () => {
    await using made = await open(chain({ 9: "  op.execute({ sql: 'DEALLOCATE ALL', inverse: null })" }))
    await upgrade(made.config)
    expect(await made.applied()).toEqual(ids(count))
  })
})

describe.each(servers())('a volley on $name', (server) => {
  test('that meets a lock leaves what it waited for to be tried again', async () => {
    const blocked = "  op.addColumn({ table: 'busy', column: { name: 'n', type: 'int' } })"
    await using database = await server.open()
    await using project = await testProject(...chain({ 12: blocked }))
    await database.query('CREATE TABLE busy (id int)')
    await using blocker = await database.connect()
    await blocker.query('BEGIN; LOCK TABLE busy')
    const retries: MigrateEvent[] = []
    const config = {
      database: database.url,
      lint: 'off' as const,
      migrations: project.migrations,
      lockTimeout: 50,
    }
    await upgrade(config, {
      onEvent(event) {
        if (event.type !== 'retry') return
        retries.push(event)
        void blocker.query('ROLLBACK')
      },
    })
    expect(retries[0]).toMatchObject({ revision: 'r12' })
    expect(await database.query('SELECT count(*)::int AS n FROM limbeck.revision')).toEqual([{ n: count }])
  })

  test('whose session is ended in its middle is found half done, and brought to its end', async () => {
    const slowly = (n: number) =>
      `  op.addColumn({ table: 'one', column: { name: 'c${n}', type: 'text', default: op.sql\`pg_sleep(0.02)::text || random()\` } })`
    await using database = await server.open()
    await database.query('CREATE TABLE one (id int); INSERT INTO one VALUES (1)')
    await using project = await testProject(
      ...chain(Object.fromEntries(ids(count).map((_, n) => [n, slowly(n)]))),
    )
    const config = { database: database.url, lint: 'off' as const, migrations: project.migrations }
    const running = upgrade(config).catch((error: unknown) => error)
    const applied = async () =>
      Number((await database.query('SELECT count(*) AS n FROM limbeck.revision'))[0]?.['n'])
    await expect.poll(() => applied().catch(() => 0), { interval: 5, timeout: 20_000 }).toBeGreaterThan(5)
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'limbeck' AND datname = current_database()",
    )
    expect(await running).toMatchObject({ code: 'CONNECTION_LOST' })
    const before = await applied()
    expect(before).toBeLessThan(count)
    expect(
      await database.query(
        "SELECT count(*)::int AS n FROM pg_attribute WHERE attrelid = 'one'::regclass AND attname ~ '^c[0-9]'",
      ),
    ).toEqual([{ n: before }])
    await upgrade(config)
    expect(await applied()).toBe(count)
  })
})
