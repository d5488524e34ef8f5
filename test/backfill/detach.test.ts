import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import {
  backfillCancel,
  backfillList,
  backfillResume,
  backfillRun,
  backfillVerify,
  type Config,
  downgrade,
  offlineUpgrade,
  plan,
  status,
  upgrade,
} from '../../src/index.ts'
import { runScript } from '../../src/migrate/run-script.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'

const given = `CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL, lower_name text, email text);
  INSERT INTO users SELECT n, 'USER ' || n FROM generate_series(1, 100) n; ANALYZE users`

const fill = (fields = '') =>
  `  op.backfill({ table: 'users', set: { lower_name: op.sql\`lower(name)\` }, inverse: { set: { lower_name: null } }${fields} })`

const filled: TestRevision = { id: 'fill', upgrade: fill(', detach: true') }
const notNull: TestRevision = {
  id: 'not_null',
  down: 'fill',
  upgrade: "  op.setNotNull({ table: 'users', column: 'lower_name' })",
}

async function done(database: TestDatabase): Promise<unknown> {
  const [row] = await database.query('SELECT count(lower_name)::int AS done FROM users')
  return row?.['done']
}

describe.each(servers())('a backfill that is detached on $name', (server) => {
  const open = async (...revisions: readonly TestRevision[]) => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await server.open())
    await database.query(given)
    const project = stack.use(await testProject(...revisions))
    const config: Config = {
      migrations: project.migrations,
      database: database.url,
      lint: 'off' as const,
      batchRows: 20,
    }
    return { database, project, config, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  }

  test('is recorded by its revision, told by every report, and finished by workers', async () => {
    await using made = await open(filled)
    const planned = await plan(made.config)
    expect(planned.revisions[0]?.stages).toMatchObject([{ type: 'backfill', detached: true }])
    const report = await upgrade(made.config)
    expect(report.applied).toMatchObject([{ id: 'fill' }])
    expect(report.detached).toMatchObject([{ revision: 'fill', title: 'users.lower_name', scanned: 0 }])
    expect(await done(made.database)).toBe(0)
    expect((await status(made.config)).backfills).toMatchObject([{ revision: 'fill', state: 'stopped' }])
    expect((await plan(made.config)).unfinished).toMatchObject([{ revision: 'fill' }])
    expect(await backfillRun(made.config)).toMatchObject({
      backfills: [{ revision: 'fill', state: 'done', scanned: 100, written: 100 }],
    })
    expect(await done(made.database)).toBe(100)
    expect((await status(made.config)).backfills).toEqual([])
    expect(await backfillRun(made.config)).toMatchObject({ backfills: [] })
  })

  test('is what --detach makes of all, and of none that something after it in its revision may need', async () => {
    const loose = { id: 'loose', upgrade: fill() }
    const strict = {
      id: 'strict',
      down: 'loose',
      upgrade: `${fill()}
  op.createIndex({ name: 'users_lower_name', table: 'users', columns: ['lower_name'] })`,
    }
    const byHand = {
      id: 'by_hand',
      down: 'strict',
      upgrade: `${fill()}
  op.execute({ sql: 'SELECT 1', inverse: null })`,
    }
    await using made = await open(loose, strict, byHand)
    const { revisions } = await plan(made.config, { detach: true })
    const detached = revisions.map(({ id, stages }) => [id, stages.map((stage) => stage.detached)])
    expect(detached).toEqual([
      ['loose', [true]],
      ['strict', [false, false]],
      ['by_hand', [false, false]],
    ])
    await upgrade(made.config, { to: 'loose', detach: true })
    expect(await done(made.database)).toBe(0)
    await backfillRun(made.config, { revision: 'loose' })
    expect(await done(made.database)).toBe(100)
  })

  test('is done in its place where the same run goes on with what needs it', async () => {
    await using made = await open(filled, notNull)
    const { revisions } = await plan(made.config)
    expect(revisions[0]?.warns).toContainEqual(expect.stringContaining('users.lower_name is not detached'))
    const report = await upgrade(made.config)
    expect(report.applied.map(({ id }) => id)).toEqual(['fill', 'not_null'])
    expect(report.detached).toEqual([])
    expect(await done(made.database)).toBe(100)
  })

  test('holds up a later run that needs it, with file and line, and says how far it is', async () => {
    await using made = await open(filled)
    await upgrade(made.config)
    const file = await made.project.write(notNull)
    await expect(upgrade(made.config)).rejects.toMatchObject({
      code: 'REVISION_MISTAKE',
      file,
      line: 6,
      cause: { code: 'BACKFILL_UNFINISHED' },
    })
    expect((await plan(made.config)).revisions[0]?.warns).toContainEqual(
      expect.stringContaining('0 of about 100 rows are done'),
    )
    await backfillRun(made.config)
    await upgrade(made.config)
    const [column] = await made.database.query(
      "SELECT attnotnull FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'lower_name'",
    )
    expect(column).toEqual({ attnotnull: true })
  })

  test.each([
    ["op.requireBackfill({ revision: 'fill' })", true],
    ["op.dropTable({ name: 'users', loses: [] })", true],
    ["op.dropColumn({ table: 'users', name: 'name' })", true],
    ["op.renameColumn({ table: 'users', from: 'name', to: 'full_name' })", true],
    ["op.contractColumn({ table: 'users', from: 'name', to: 'lower_name' })", true],
    ["op.contractColumn({ schema: 'public', table: 'users', from: 'name', to: 'lower_name' })", true],
    ["await op.query('SELECT 1'); op.requireBackfill({ revision: 'fill' })", true],
    ["op.requireBackfill({ revision: 'another' })", false],
    ["op.setNotNull({ schema: 'app', table: 'users', column: 'lower_name' })", false],
    ["op.setNotNull({ table: 'users', column: 'name' })", false],
    ["op.addColumn({ table: 'users', column: { name: 'age', type: 'int' } })", false],
  ])('%s needs it: %s', async (says, needs) => {
    await using made = await open(filled)
    await made.database.query('CREATE SCHEMA app; CREATE TABLE app.users (lower_name text)')
    await upgrade(made.config)
    await made.project.write({ id: 'next', down: 'fill', upgrade: `  ${says}` })
    const going = upgrade(made.config)
    if (needs) await expect(going).rejects.toMatchObject({ line: 6, cause: { code: 'BACKFILL_UNFINISHED' } })
    else expect((await going).applied).toMatchObject([{ id: 'next' }])
  })

  test.each([
    ["op.requireBackfill({ revision: 'fill' })", true],
    ["op.setNotNull({ table: 'users', column: 'lower_name' })", true],
    ["op.renameColumn({ schema: 'public', table: 'users', from: 'name', to: 'full_name' })", true],
    ["op.setNotNull({ schema: 'app', table: 'users', column: 'lower_name' })", false],
    ["op.setNotNull({ table: 'users', column: 'name' })", false],
  ])('%s in a script needs it: %s', async (says, needs) => {
    await using made = await open(filled)
    await made.database.query('CREATE SCHEMA app; CREATE TABLE app.users (lower_name text)')
    await upgrade(made.config)
    await made.project.write({ id: 'next', down: 'fill', upgrade: `  ${says}` })
    const { sql } = await offlineUpgrade(made.config, { range: 'fill:next' })
    const connection = await connect(made.database.url)
    const running = runScript(connection, sql).finally(() => connection.close())
    if (needs)
      await expect(running).rejects.toThrow('needs backfills that are not finished: users.lower_name of fill')
    else await running
    const applied = await made.database.query("SELECT id FROM limbeck.revision WHERE id = 'next'")
    expect(applied).toHaveLength(needs ? 0 : 1)
  })

  test('is that of an expansion too, and contractColumn waits for it', async () => {
    const expanded = {
      id: 'expand',
      upgrade: `  op.expandColumn({
    table: 'users',
    from: 'name',
    to: { name: 'shouted', type: 'text', up: op.sql\`upper(name)\` },
    down: { name: op.sql\`lower(shouted)\` },
  })`,
    }
    await using made = await open(expanded)
    const contract = `  op.contractColumn({ table: 'users', from: 'name',
    to: { name: 'shouted', type: 'text', up: op.sql\`upper(name)\` }, down: { name: op.sql\`lower(shouted)\` } })`
    await made.project.write({ id: 'contract', down: 'expand', upgrade: contract })
    const first = await upgrade(made.config, { phase: 'expand', detach: true })
    expect(first).toMatchObject({ detached: [{ revision: 'expand' }], waiting: [{ id: 'contract' }] })
    await expect(upgrade(made.config, { phase: 'contract' })).rejects.toMatchObject({
      cause: { code: 'BACKFILL_UNFINISHED' },
    })
    await made.database.query('UPDATE users SET name = lower(name)')
    await backfillRun(made.config)
    await upgrade(made.config, { phase: 'contract' })
    expect(await made.database.query('SELECT shouted FROM users WHERE id = 7')).toEqual([
      { shouted: 'USER 7' },
    ])
  })

  test('holds up the downgrade of its revision, until it is finished or given up', async () => {
    await using made = await open(filled)
    await upgrade(made.config)
    const down = () => downgrade(made.config, { to: 'base', acceptLoss: true })
    await expect(down()).rejects.toMatchObject({ code: 'BACKFILL_UNDER_WAY' })
    await backfillCancel(made.config, { revision: 'fill' })
    await expect(backfillRun(made.config, { revision: 'fill' })).rejects.toMatchObject({
      cause: { code: 'BACKFILL_CANCELLED' },
    })
    await down()
    expect((await backfillList(made.config)).backfills.filter(({ open: left }) => left)).toEqual([])
    await upgrade(made.config)
    await backfillRun(made.config)
    await down()
    expect(await done(made.database)).toBe(0)
  })

  test('goes on after it was cancelled and resumed', async () => {
    await using made = await open(filled)
    await upgrade(made.config)
    await backfillCancel(made.config)
    expect(await backfillRun(made.config)).toMatchObject({ backfills: [] })
    await backfillResume(made.config)
    await backfillRun(made.config)
    expect(await done(made.database)).toBe(100)
  })

  test('gets the role and the search_path that its revision has chosen before it', async () => {
    const chosen = "  op.execute({ sql: 'SET search_path = app', inverse: null })\n"
    await using made = await open({ id: 'fill', upgrade: chosen + fill(', detach: true') })
    await made.database.query('CREATE SCHEMA app; ALTER TABLE users SET SCHEMA app')
    await upgrade(made.config)
    await backfillRun(made.config)
    expect(await made.database.query('SELECT count(lower_name)::int AS done FROM app.users')).toEqual([
      { done: 100 },
    ])
    expect(await backfillVerify(made.config)).toMatchObject({ verified: [{ checked: 100, wrong: 0 }] })
  })

  test('is refused behind an await, and on the way down, with file and line', async () => {
    const behind = { id: 'fill', upgrade: `  await op.query('SELECT 1')\n${fill(', detach: true')}` }
    await using made = await open(behind)
    await expect(upgrade(made.config)).rejects.toMatchObject({
      code: 'REVISION_MISTAKE',
      line: 7,
      cause: { code: 'CANNOT_DETACH' },
    })
    expect(await done(made.database)).toBe(0)
    await made.project.write({ id: 'fill', upgrade: fill(), downgrade: fill(', detach: true') })
    await upgrade(made.config)
    await expect(downgrade(made.config, { to: 'base' })).rejects.toMatchObject({
      code: 'REVISION_MISTAKE',
      cause: { code: 'CANNOT_DETACH' },
    })
  })

  test('is refused for a temporary table, which no worker would see', async () => {
    const temporary =
      "  op.execute({ sql: 'CREATE TEMPORARY TABLE users (id int PRIMARY KEY, name text, lower_name text)', inverse: null })\n"
    await using made = await open({ id: 'fill', upgrade: temporary + fill(', detach: true') })
    await expect(upgrade(made.config)).rejects.toMatchObject({
      place: { line: 7 },
      cause: { code: 'CANNOT_DETACH' },
    })
  })

  test('before an await is found again by workers', async () => {
    const before = { id: 'fill', upgrade: `${fill(', detach: true')}\n  await op.query('SELECT 1')` }
    await using made = await open(before)
    await upgrade(made.config)
    expect(await done(made.database)).toBe(0)
    await backfillRun(made.config)
    expect(await done(made.database)).toBe(100)
  })
})
