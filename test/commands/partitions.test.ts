import { describe, expect, test } from 'vitest'
import { downgrade, partitions, partitionsRun, upgrade } from '../../src/index.ts'
import { start } from '../faults/base.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { servers, targets } from '../servers/databases.ts'

const events = (rule: string, more = '') => ({
  id: 'events',
  upgrade: `  op.createTable({ name: 'events', columns: [{ name: 'at', type: 'timestamptz', notNull: true }], partitionBy: { strategy: 'range', columns: ['at'] } })
  op.createPartitions({ table: 'events', every: 'month', from: '2026-01-01', to: '2026-05-01'${more} })
  op.keepPartitions({ table: 'events', every: 'month', ${rule} })`,
})

const now = new Date('2026-04-15T12:00:00Z')

describe.each(targets)('partitions on $name', (target) => {
  const open = async (...revisions: readonly TestRevision[]) => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await target.open())
    const project = stack.use(await testProject(...revisions))
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
    await upgrade(config)
    const attached = async () => {
      const rows = await database.query<{ name: string }>(
        "SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'events'::regclass ORDER BY 1",
      )
      return rows.map(({ name }) => name.replace('events_', ''))
    }
    return { database, project, config, attached, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  }

  test('are made ahead, and old ones are detached and kept as tables; a second time nothing is to do', async () => {
    await using made = await open(events('ahead: 2, keep: 1'))
    expect((await partitions(made.config, { now })).tables).toMatchObject([
      {
        table: 'events',
        partitions: 4,
        until: new Date('2026-05-01Z'),
        missing: [new Date('2026-05-01Z'), new Date('2026-06-01Z')],
        old: ['events_2026_01', 'events_2026_02'],
        gaps: [],
        rowsInDefault: false,
      },
    ])
    const report = await partitionsRun(made.config, { now })
    expect(report).toMatchObject({ failed: [], tables: [{ missing: [], old: [] }] })
    expect(report.done).toHaveLength(4)
    expect(await made.attached()).toEqual(['2026_03', '2026_04', '2026_05', '2026_06'])
    expect(await made.database.query("SELECT to_regclass('events_2026_01') AS kept")).toEqual([
      { kept: 'events_2026_01' },
    ])
    expect((await partitionsRun(made.config, { now })).done).toEqual([])
  })

  test('are dropped where the rule says so, beside a default partition too', async () => {
    await using made = await open(events("ahead: 1, keep: 2, then: 'drop'", ', default: true'))
    await partitionsRun(made.config, { now })
    expect(await made.attached()).toEqual(['2026_02', '2026_03', '2026_04', '2026_05', 'default'])
    expect(await made.database.query("SELECT to_regclass('events_2026_01') AS gone")).toEqual([
      { gone: null },
    ])
  })

  test('whose rows lie in the default are told, and so is a gap', async () => {
    await using made = await open(events('ahead: 1', ', default: true'))
    await made.database.query(
      "DROP TABLE events_2026_02; INSERT INTO events VALUES ('2026-05-03Z'), ('2026-02-03Z')",
    )
    const { tables } = await partitions(made.config, { now })
    expect(tables).toMatchObject([{ rowsInDefault: true, gaps: [new Date('2026-02-01Z')] }])
    const report = await partitionsRun(made.config, { now })
    expect(report.done).toEqual([])
    expect(report.failed[0]?.message).toContain('default partition')
    expect(await made.database.query('SELECT count(*)::int AS rows FROM events')).toEqual([{ rows: 2 }])
  })

  test('are kept up no longer once a revision says so, or the one that said it is undone', async () => {
    await using made = await open(events('ahead: 1'))
    await made.project.write({
      id: 'released',
      down: 'events',
      upgrade: "  op.releasePartitions({ table: 'events', was: { every: 'month', ahead: 1 } })",
    })
    expect((await partitions(made.config, { now })).tables).toHaveLength(1)
    await upgrade(made.config)
    expect((await partitions(made.config, { now })).tables).toEqual([])
    await downgrade(made.config, { to: '-1' })
    expect((await partitions(made.config, { now })).tables).toHaveLength(1)
  })
})

test.each(servers())('two runs at once on $name make each partition once', async (server) => {
  await using database = await server.open()
  await using project = await testProject(events('ahead: 6'))
  const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
  await upgrade(config)
  const reports = await Promise.all([partitionsRun(config, { now }), partitionsRun(config, { now })])
  expect(reports.flatMap(({ done }) => done)).toHaveLength(6)
  expect(reports.flatMap(({ failed }) => failed)).toEqual([])
})

test.each(servers())('a run on $name that waits for somebody names them', async (server) => {
  await using database = await server.open()
  await using project = await testProject(events('ahead: 1'))
  const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
  await upgrade(config)
  await using other = await database.connect()
  await other.query('BEGIN; LOCK TABLE events IN SHARE UPDATE EXCLUSIVE MODE')
  const running = start((options) => partitionsRun(config, { ...options, now }))
  expect((await running.seen('blocked')).blockers).toMatchObject([{ state: 'idle in transaction' }])
  await other.query('COMMIT')
  expect((await running.report).done).toHaveLength(1)
})
