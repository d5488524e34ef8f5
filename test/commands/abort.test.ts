import { describe, expect, test } from 'vitest'
import { catalogText } from '../../src/catalog/catalog-text.ts'
import { abort, downgrade, history, status, upgrade } from '../../src/index.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { targets } from '../servers/databases.ts'

type Target = (typeof targets)[number]

const made: TestRevision = {
  id: 'made',
  upgrade: `  op.createTable({ name: 't', columns: [{ name: 'id', type: 'int', primaryKey: true }, { name: 'a', type: 'int' }] })
  op.execute({ sql: 'INSERT INTO t VALUES (1, 1), (2, 1)' })`,
}

/** Its index cannot be built as long as two rows are the same. */
const half: TestRevision = {
  id: 'half',
  down: 'made',
  upgrade: `  op.addColumn({ table: 't', column: { name: 'b', type: 'int' } })
  op.createCheckConstraint({ table: 't', name: 't_a', expression: op.sql\`a > 0\` })
  op.createIndex({ table: 't', name: 't_a_key', columns: ['a'], unique: true, concurrently: true })
  op.createTable({ name: 'later', columns: [{ name: 'id', type: 'int' }] })`,
}

async function open(target: Target, ...revisions: readonly TestRevision[]) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await target.open())
  const project = stack.use(await testProject(...revisions))
  const config = { database: database.url, lint: 'off' as const, migrations: project.migrations }
  const catalog = () => catalogText((sql) => database.query(sql))
  return { database, project, config, catalog, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

describe.each(targets)('a revision that is half done, on $name', (target) => {
  test('is taken back, and can be begun anew', async () => {
    await using its = await open(target, made, half)
    await upgrade(its.config, { to: 'made' })
    const before = await its.catalog()
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    expect(await its.catalog()).not.toEqual(before)

    await expect(abort(its.config)).rejects.toMatchObject({ code: 'DATA_LOSS' })
    const report = await abort(its.config, { acceptLoss: true })
    expect(report.aborted).toMatchObject({ id: 'half' })
    expect(await its.catalog()).toEqual(before)
    expect(await status(its.config)).toMatchObject({ current: ['made'], unfinished: [] })
    expect((await abort(its.config)).aborted).toBeNull()

    await its.database.query('UPDATE t SET a = id')
    await upgrade(its.config)
    expect(await status(its.config)).toMatchObject({ current: ['half'], unfinished: [] })
    await downgrade(its.config, { to: 'made', acceptLoss: true })
    expect(await its.catalog()).toEqual(before)
  })

  test('is told as not taken back where that was interrupted', async () => {
    await using its = await open(target, made, half)
    await upgrade(its.config, { to: 'made' })
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    const stop = new AbortController()
    const interrupted = abort(its.config, {
      acceptLoss: true,
      signal: stop.signal,
      onEvent: ({ type }) => type === 'revision-started' && stop.abort(),
    })
    await expect(interrupted).rejects.toMatchObject({
      code: 'INTERRUPTED',
      standing: { done: [], halfDone: null, notBegun: ['half'] },
    })
    expect((await abort(its.config, { acceptLoss: true })).aborted).toMatchObject({ id: 'half' })
  })

  test('is taken back in as many attempts as it takes, and nothing else is done meanwhile', async () => {
    await using its = await open(target, made, half)
    await upgrade(its.config, { to: 'made' })
    const before = await its.catalog()
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    // The index is dropped, then the check, in a stage that fails.
    await its.database.query('CREATE VIEW v AS SELECT b FROM t')
    await expect(abort(its.config, { acceptLoss: true })).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    expect((await status(its.config)).unfinished).toMatchObject([{ revision: 'half', aborts: true }])
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'ABORT_HALF_DONE' })
    await expect(downgrade(its.config, { to: 'base' })).rejects.toMatchObject({ code: 'ABORT_HALF_DONE' })
    await its.database.query('DROP VIEW v')
    await abort(its.config, { acceptLoss: true })
    expect(await its.catalog()).toEqual(before)
    expect(await status(its.config)).toMatchObject({ current: ['made'], unfinished: [] })
  })

  test('is left as it is where a part of it cannot be undone', async () => {
    const upgradeText = `  op.execute({ sql: 'DELETE FROM t WHERE id = 3' })\n${half.upgrade}`
    await using its = await open(target, made, { ...half, upgrade: upgradeText })
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    const between = await its.catalog()
    await expect(abort(its.config, { acceptLoss: true })).rejects.toMatchObject({
      code: 'CANNOT_ABORT',
      message: expect.stringContaining('(line 6)'),
    })
    expect(await its.catalog()).toEqual(between)
    expect((await status(its.config)).unfinished).toMatchObject([{ revision: 'half', aborts: false }])
  })

  test('is left as it is where its file says something else now', async () => {
    await using its = await open(target, made, half)
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    await its.project.write({ ...half, upgrade: half.upgrade.replace("name: 'b'", "name: 'c'") })
    await expect(abort(its.config, { acceptLoss: true })).rejects.toMatchObject({ code: 'STAGE_CHANGED' })
    const [column, check, index, table] = half.upgrade.split('\n')
    for (const lines of [
      [column],
      [column, check],
      [column, check, table],
      [check, column, index],
      [column, check, "  await op.query('SELECT 1')"],
    ]) {
      await its.project.write({ ...half, upgrade: lines.join('\n') })
      const attempt = abort(its.config, { acceptLoss: true })
      await expect(attempt, lines.join('\n')).rejects.toMatchObject({ code: 'STAGE_CHANGED' })
    }
    await its.project.remove('half')
    await expect(abort(its.config)).rejects.toMatchObject({ code: 'HALF_DONE_WITHOUT_FILE' })
  })

  test('is taken back where it reads the database', async () => {
    const reading = `  op.createTable({ name: 'first', columns: [{ name: 'id', type: 'int' }] })
  const rows = await op.query('SELECT id FROM t ORDER BY id')
  for (const { id } of rows) op.createTable({ name: 'of_' + id, columns: [{ name: 'id', type: 'int' }] })
  op.createIndex({ table: 't', name: 't_a_key', columns: ['a'], unique: true, concurrently: true })
  await op.query('SELECT 1')`
    await using its = await open(target, made, { ...half, upgrade: reading })
    await upgrade(its.config, { to: 'made' })
    const before = await its.catalog()
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    expect(await its.database.query("SELECT to_regclass('of_2') IS NOT NULL AS there")).toEqual([
      { there: true },
    ])
    // What the query gave then is what counts.
    await its.database.query('DELETE FROM t')
    await abort(its.config, { acceptLoss: true })
    expect(await its.catalog()).toEqual(before)
  })

  test('of which nothing was done is forgotten', async () => {
    await using its = await open(target, made, {
      id: 'half',
      down: 'made',
      upgrade: "  op.execute({ sql: 'SELECT 1 / 0' })",
    })
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    expect((await status(its.config)).unfinished).toHaveLength(1)
    expect((await abort(its.config)).aborted).toMatchObject({ id: 'half' })
    expect((await status(its.config)).unfinished).toEqual([])
  })

  test('and is a downgrade is brought to its end, not taken back', async () => {
    await using its = await open(target, made, {
      ...half,
      upgrade: "  op.createTable({ name: 'later', columns: [{ name: 'id', type: 'int' }] })",
      downgrade: `  op.dropTable({ name: 'later' })
  op.createIndex({ table: 't', name: 't_a_key', columns: ['a'], unique: true, concurrently: true })`,
    })
    await upgrade(its.config)
    await expect(downgrade(its.config, { to: 'made', acceptLoss: true })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
    })
    await expect(abort(its.config)).rejects.toMatchObject({ code: 'REVISION_HALF_DONE' })
  })
})

test('an abort that comes too late leaves the upgrade as it stands, and that goes on', async () => {
  const [target] = targets
  if (target === undefined) throw new Error('There is no database.')
  const copied = `  op.copyIntoPartitions({ table: 't', by: 'at', every: 'month', from: '2026-01-01', to: '2026-03-01', default: true })
  op.execute({ sql: 'SELECT 1 / (SELECT count(*) FROM allowed)' })`
  await using its = await open(target, { id: 'half', upgrade: copied })
  await its.database.query(
    `CREATE TABLE t (id int PRIMARY KEY, at timestamptz NOT NULL); CREATE TABLE allowed (id int)`,
  )
  await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
  // The process ended before the exchange, which is done, was recorded.
  await its.database.query("UPDATE limbeck.stage SET status = 'running' WHERE ordinal = 3")
  await expect(abort(its.config, { acceptLoss: true })).rejects.toThrow('t is partitioned already')
  const [standing, ...others] = (await status(its.config)).unfinished
  expect(standing).toMatchObject({ direction: 'upgrade', aborts: false })
  expect(standing?.stages).toHaveLength(3)
  expect(others).toEqual([])
  await its.database.query('INSERT INTO allowed VALUES (1)')
  await upgrade(its.config)
  expect(await status(its.config)).toMatchObject({ current: ['half'], unfinished: [] })
})

test('an abort is part of the history', async () => {
  const [target] = targets
  if (target === undefined) throw new Error('There is no database.')
  await using its = await open(target, made, half)
  await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
  await abort(its.config, { acceptLoss: true })
  const runs = await its.database.query("SELECT direction, status FROM limbeck.run WHERE revision = 'half'")
  expect(runs).toEqual([{ direction: 'downgrade', status: 'done' }])
  expect(await history(its.config)).toBeDefined()
})
