import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import {
  type Config,
  ExpandPending,
  offlineUpgrade,
  operation,
  PhaseUnknown,
  plan,
  statement,
  status,
  upgrade,
} from '../../src/index.ts'
import { newestServer } from '../cli/sample.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { type Target, targets } from '../servers/databases.ts'

const users: TestRevision = {
  id: 'users',
  upgrade: `  op.createTable({
    name: 'users',
    columns: [{ name: 'id', type: 'int', primaryKey: true }, { name: 'email', type: 'text' }],
  })
  op.execute({ sql: "INSERT INTO users SELECT n, n || '@x' FROM generate_series(1, 500) n" })`,
}
const columns = `{ table: 'users', from: 'email', to: 'email_address' }`
const expand: TestRevision = { id: 'expand', down: 'users', upgrade: `  op.expandColumn(${columns})` }
const contract: TestRevision = { id: 'contract', down: 'expand', upgrade: `  op.contractColumn(${columns})` }
const contractOf = (down: string): TestRevision => ({ ...contract, down })
const later: TestRevision = {
  id: 'later',
  down: 'contract',
  upgrade: `  op.addColumn({ table: 'users', column: { name: 'phone', type: 'text' } })`,
}
const latest: TestRevision = {
  id: 'latest',
  down: 'later',
  upgrade: `  op.dropColumn({ table: 'users', name: 'phone' })`,
}

/** A database with `users` applied, and a project that goes on from there. */
async function open(target: Target, ...revisions: readonly TestRevision[]) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await target.open())
  const project = stack.use(await testProject(users, ...revisions))
  const config: Config = { database: database.url, lint: 'off' as const, migrations: project.migrations }
  await upgrade(config, { to: 'users' })
  return {
    project,
    config,
    query: database.query,
    /** The ids that a phase applies. */
    run: async (phase: 'expand' | 'contract') =>
      (await upgrade(config, { phase, to: 'heads' })).applied.map(({ id }) => id),
    async columns() {
      const rows = await database.query<{ name: string }>(
        "SELECT attname AS name FROM pg_attribute WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
      )
      return rows.map(({ name }) => name)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('It did not fail.')
    },
    (error: unknown) => error,
  )
}

const newest = newestServer()

describe.each(targets)('on $name', (target) => {
  test('a column is renamed in two phases, with the old application between them', async () => {
    await using made = await open(target, expand, contract)
    const first = await upgrade(made.config, { phase: 'expand' })
    expect(first.applied.map(({ id }) => id)).toEqual(['expand'])
    expect(first.waiting).toEqual([
      {
        id: 'contract',
        message: 'The revision contract.',
        phase: 'contract',
        turn: 1,
        because: 'contract column users.email to email_address (line 6)',
      },
    ])
    await made.query(`INSERT INTO users (id, email) VALUES (1001, 'old@x')`)
    expect(await made.columns()).toEqual(['id', 'email', 'email_address'])
    expect(await made.run('expand')).toEqual([])

    const second = await upgrade(made.config, { phase: 'contract' })
    expect([second.applied.map(({ id }) => id), second.waiting]).toEqual([['contract'], []])
    expect(await made.columns()).toEqual(['id', 'email_address'])
    expect(await made.query('SELECT email_address FROM users WHERE id = 1001')).toEqual([
      { email_address: 'old@x' },
    ])
  })

  test('the contract is refused while its expansion is half done, and says how far that is', async () => {
    await using made = await open(target, expand, contract)
    await made.query('ANALYZE users')
    const stop = new AbortController()
    await errorOf(
      upgrade(
        { ...made.config, batchRows: 100, batchMilliseconds: 0.001 },
        {
          phase: 'expand',
          signal: stop.signal,
          onEvent: (event) => {
            if (event.type === 'backfill') stop.abort()
          },
        },
      ),
    )
    const error = await errorOf(upgrade(made.config, { phase: 'contract' }))
    expect(error).toBeInstanceOf(ExpandPending)
    const { backfills, revisions, message } = error as ExpandPending
    expect(revisions).toEqual(['expand'])
    const [backfill] = backfills
    expect(backfill).toMatchObject({ title: 'users.email_address', state: 'stopped' })
    expect(backfill?.scanned).toBeGreaterThan(0)
    expect(backfill?.scanned).toBeLessThan(500)
    expect(message).toContain(
      `The backfill users.email_address of expand is stopped: ${backfill?.scanned} of about 500 rows are done.`,
    )
    expect(await made.columns()).toEqual(['id', 'email', 'email_address'])

    expect(await made.run('expand')).toEqual(['expand'])
    expect(await made.run('contract')).toEqual(['contract'])
  })
})

describe('a deploy', () => {
  test('leaves to the next deploy what a contract of its own stands on', async () => {
    await using made = await open(newest, expand, contract, later, latest)
    expect(await made.run('expand')).toEqual(['expand'])
    expect(await made.run('contract')).toEqual(['contract'])
    const { pending } = await status(made.config)
    expect(pending).toMatchObject([
      { id: 'later', phase: 'expand', turn: 0 },
      { id: 'latest', phase: 'contract', turn: 1 },
    ])
    // A pipeline that tries its last step once more does no harm.
    expect(await errorOf(upgrade(made.config, { phase: 'contract' }))).toBeInstanceOf(ExpandPending)
    expect(await made.run('expand')).toEqual(['later'])
    expect(await made.run('contract')).toEqual(['latest'])
  })

  test('takes what stands on a contract with it', async () => {
    await using made = await open(newest, expand, contract, later)
    expect(await made.run('expand')).toEqual(['expand'])
    expect(await made.run('contract')).toEqual(['contract', 'later'])
    expect(await made.run('contract')).toEqual([])
  })

  test('says of everything that waits why it does', async () => {
    await using made = await open(newest, expand, contract, later, latest)
    const { waiting } = await upgrade(made.config, { phase: 'expand' })
    expect(waiting.map(({ id, turn, because }) => [id, turn, because])).toEqual([
      ['contract', 1, 'contract column users.email to email_address (line 6)'],
      ['later', 2, 'comes after contract'],
      ['latest', 3, 'drop column users.phone (line 6)'],
    ])
  })

  test('goes on on a path beside a contract, and waits where it depends on one', async () => {
    const beside: TestRevision = { ...later, id: 'beside', down: 'users' }
    const needing: TestRevision = {
      id: 'needing',
      down: 'beside',
      header: "export const dependsOn = 'contract'",
      upgrade: `  op.createTable({ name: 'more', columns: [] })`,
    }
    await using made = await open(newest, expand, contract, beside, needing)
    expect((await made.run('expand')).toSorted()).toEqual(['beside', 'expand'])
    expect(await made.run('contract')).toEqual(['contract', 'needing'])
  })

  test("knows the phase of SQL of one's own by its statements, and of an operation of the project's by what it says", async () => {
    await using made = await open(newest, {
      id: 'script',
      down: 'users',
      upgrade: `  op.execute({ sql: 'ALTER TABLE users ADD phone text; ALTER TABLE users DROP email; ALTER TABLE users DROP id' })`,
    })
    await writeFile(
      `${made.project.migrations}/plain.sql`,
      '-- revision: plain\n-- down_revision: script\n\n-- upgrade\nSELECT 1;\nTRUNCATE users;\n\n-- downgrade\n',
    )
    await made.project.write({ id: 'own', down: 'plain', upgrade: '  op.forget({})' })
    const forget = operation('forget', {
      title: () => 'forget',
      steps: () => [statement('SELECT 1')],
      inverse: () => [],
      locks: () => [],
      phase: () => 'contract',
      examples: [],
    })
    const { revisions } = await plan({ ...made.config, operations: [forget] })
    expect(revisions.map(({ id, phase, breaks }) => [id, phase, breaks])).toEqual([
      [
        'script',
        'contract',
        ['execute ALTER TABLE users ADD phone text; ALTER TABLE users DROP em… (line 6)'],
      ],
      ['plain', 'contract', ['TRUNCATE users (line 6)']],
      ['own', 'contract', ['forget (line 6)']],
    ])
  })

  test('refuses the contract before its own expansion, also as a script', async () => {
    await using made = await open(newest, expand, { ...latest, down: 'expand' })
    const error = await errorOf(upgrade(made.config, { phase: 'contract' }))
    expect(error).toMatchObject({ code: 'EXPAND_PENDING', revisions: ['expand'], backfills: [] })
    const script = (range: string, phase: 'expand' | 'contract') =>
      offlineUpgrade(made.config, { range, phase })
    expect(await errorOf(script('users:head', 'contract'))).toBeInstanceOf(ExpandPending)
    expect((await script('expand:head', 'contract')).revisions).toEqual(['latest'])
    expect((await script('expand:head', 'expand')).revisions).toEqual([])
  })
})

describe('a phase that the header declares', () => {
  const reading = (header: string): TestRevision => ({
    id: 'reading',
    down: 'users',
    header,
    upgrade: `  const rows = await op.query('SELECT 1')
  op.dropColumn({ table: 'users', name: 'email' })`,
  })

  test('counts more than what its operations imply, and the plan says what that risks', async () => {
    await using made = await open(
      newest,
      {
        ...latest,
        id: 'bold',
        down: 'users',
        header: "export const phase = 'expand'",
        upgrade: `  op.dropColumn({ table: 'users', name: 'email' })`,
      },
      { ...later, id: 'late', down: 'bold', header: "export const phase = 'contract'" },
    )
    const { revisions } = await plan(made.config)
    expect(revisions).toMatchObject([
      {
        id: 'bold',
        phase: 'expand',
        phaseDeclared: true,
        turn: 0,
        breaks: ['drop column users.email (line 6)'],
        warns: [
          'declared "expand", but the application of before may not bear it: drop column users.email (line 6)',
        ],
      },
      { id: 'late', phase: 'contract', phaseDeclared: true, turn: 1, breaks: [], warns: [] },
    ])
    expect(await made.run('expand')).toEqual(['bold'])
    expect(await made.run('contract')).toEqual(['late'])
  })

  test('is needed where the revision reads the database: nothing runs without it', async () => {
    await using made = await open(newest, reading(''))
    const file = `${made.project.migrations}/reading.ts`
    const error = await errorOf(upgrade(made.config, { phase: 'expand' }))
    expect(error).toBeInstanceOf(PhaseUnknown)
    expect(error).toMatchObject({ revision: 'reading', file, line: 6 })
    expect((error as PhaseUnknown).message).toContain(`${file}:6: reading reads the database here`)
    expect((await plan(made.config)).revisions).toMatchObject([{ phase: null, open: true }])
    expect((await status(made.config)).unfinished).toEqual([])

    await made.project.write(reading("export const phase = 'contract'"))
    expect(await made.run('expand')).toEqual([])
    expect(await made.run('contract')).toEqual(['reading'])
    expect(await made.columns()).toEqual(['id'])
  })

  test('is not needed where what is said before the read implies it', async () => {
    await using made = await open(newest, {
      ...reading(''),
      upgrade: `  op.dropColumn({ table: 'users', name: 'email' })
  await op.query('SELECT 1')`,
    })
    expect(await made.run('expand')).toEqual([])
    expect(await made.run('contract')).toEqual(['reading'])
  })

  test('is not known of a file that is broken, and the status says what is wrong with it', async () => {
    await using made = await open(newest, contractOf('users'), {
      ...later,
      id: 'broken',
      upgrade: `  op.addColum({ table: 'users' })`,
    })
    const { pending } = await status(made.config)
    expect(pending).toMatchObject([
      { id: 'contract', phase: 'contract', turn: 1, problem: null },
      { id: 'broken', phase: null, turn: 1 },
    ])
    expect(pending[1]?.problem).toContain('broken.ts:6: There is no operation addColum.')
  })

  test('is not needed without --phase', async () => {
    await using made = await open(newest, reading(''))
    expect((await upgrade(made.config)).applied.map(({ id }) => id)).toEqual(['reading'])
  })
})
