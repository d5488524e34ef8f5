import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MigrationFailed, upgrade } from '../../src/index.ts'
import { RevisionMistake } from '../../src/script/revision-mistake.ts'
import { servers, targets } from '../servers/databases.ts'
import { testProject } from './project.ts'

const newest = servers().at(-1) ?? targets[0]

/** An empty database and a project of one revision whose `upgrade` says that. */
async function open(upgradeText: string, target = newest) {
  if (target === undefined) throw new Error('This run has no server.')
  const stack = new AsyncDisposableStack()
  const database = stack.use(await target.open())
  const project = stack.use(await testProject({ id: 'tested', upgrade: upgradeText }))
  return {
    project,
    query: database.query,
    upgrade: () => upgrade({ database: database.url, lint: 'off' as const, migrations: project.migrations }),
    failure: async () => {
      const config = { database: database.url, lint: 'off' as const, migrations: project.migrations }
      const error = await upgrade(config).catch((thrown: unknown) => thrown)
      if (error instanceof MigrationFailed || error instanceof RevisionMistake) return error
      throw error ?? new Error('It did not fail.')
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

describe.each(targets)('on $name', (target) => {
  test('a query sees what was recorded before it, and what comes after depends on its rows', async () => {
    await using made = await open(
      `  op.execute({ sql: "CREATE TABLE source AS SELECT n, 'name ' || n AS name FROM generate_series(1, 3) n" })
  const rows = await op.query(op.sql\`SELECT n, name FROM source WHERE n <> \${2} ORDER BY n\`)
  for (const { n, name } of rows) {
    op.createTable({ name: 'made_' + n, columns: [{ name: 'name', type: 'text', default: name }] })
    op.bulkInsert({ table: 'made_' + n, rows: [{ name: name.toUpperCase() }] })
  }
  const [{ count }] = await op.query('SELECT count(*) AS count FROM made_1, made_3')
  op.execute({ sql: op.sql\`CREATE TABLE counted AS SELECT \${count}::text AS count\` })`,
      target,
    )
    await made.upgrade()
    const names = await made.query(
      'SELECT name, count FROM (TABLE made_1 UNION ALL TABLE made_3) m, counted ORDER BY name',
    )
    expect(names).toEqual([
      { name: 'NAME 1', count: '1' },
      { name: 'NAME 3', count: '1' },
    ])
  })

  test('what was awaited is one transaction with the rest', async () => {
    await using made = await open(
      `  await op.createTable({ name: 't', columns: [{ name: 'id', type: 'int' }] })
  await op.query('SELECT FROM t')
  op.execute({ sql: 'SELECT 1 / 0' })`,
      target,
    )
    await made.failure()
    expect(await made.query("SELECT to_regclass('t') AS t")).toEqual([{ t: null }])
  })
})

test('a forgotten await changes nothing', async () => {
  const body = (awaiting: string) =>
    `  ${awaiting} op.createTable({ name: 't', columns: [{ name: 'id', type: 'int' }] })
  ${awaiting} op.createIndex({ name: 't_id_idx', table: 't', columns: ['id'], concurrently: true })
  ${awaiting} op.bulkInsert({ table: 't', rows: [{ id: 1 }] })
  ${awaiting} op.execute({ sql: 'UPDATE t SET id = id + 1' })`
  const stages = async (awaiting: string) => {
    await using made = await open(body(awaiting))
    await made.upgrade()
    return {
      rows: await made.query('SELECT id FROM t'),
      stages: await made.query('SELECT ordinal, title, fingerprint FROM limbeck.stage ORDER BY ordinal'),
    }
  }
  const recorded = await stages('')
  expect(recorded.rows).toEqual([{ id: 2 }])
  expect(recorded.stages).toHaveLength(3)
  expect(await stages('await')).toEqual(recorded)
})

test('a query of a stage that is done is answered from the ledger when the revision goes on', async () => {
  const body = (last: string) =>
    `  op.execute({ sql: 'CREATE TABLE seen (attempt text)' })
  const [row] = await op.query(\`SELECT random() AS random, clock_timestamp() AS at, 9007199254740993::bigint AS big,
    '{"a": [1, null]}'::jsonb AS json, '\\\\xff00'::bytea AS bytes, NULL AS nothing\`)
  const text = JSON.stringify({ ...row, bytes: [...row.bytes], types: [typeof row.at, typeof row.big] })
  op.execute({ sql: op.sql\`INSERT INTO seen VALUES (\${text})\` })
  op.createIndex({ name: 'seen_idx', table: 'seen', columns: ['attempt'], concurrently: true })
  op.execute({ sql: op.sql\`INSERT INTO seen VALUES (\${text})\` })
  op.execute({ sql: '${last}' })`
  await using made = await open(body('SELECT 1 / 0'))
  await made.failure()
  const before = await made.query<{ attempt: string }>('SELECT attempt FROM seen')
  expect(before).toHaveLength(1)
  await made.project.write({ id: 'tested', upgrade: body('SELECT 1') })
  await made.upgrade()
  expect(await made.query('SELECT attempt FROM seen')).toEqual([...before, ...before])
  expect(JSON.parse(before[0]?.attempt ?? '')).toMatchObject({
    big: '9007199254740993',
    json: { a: [1, null] },
    bytes: [255, 0],
    nothing: null,
    // Dates are texts, which keep microseconds and infinity.
    types: ['string', 'string'],
  })
})

describe('an error in the middle of a batch names its statement', () => {
  const batch = (middle: string) => `  op.execute({ sql: 'CREATE TABLE t (id int PRIMARY KEY)' })
  op.bulkInsert({ table: 't', rows: [{ id: 1 }] })
  op.execute({ sql: "COMMENT ON TABLE t IS 'gr\u00fc\u00dfe \u20ac \u{1d11e}'" })
  op.execute({ sql: ${JSON.stringify(middle)} })
  op.execute({ sql: 'SELECT 2' })`

  test.each([
    [
      'an unknown column',
      "SELECT '\u00e4\u{1d11e}', nothing FROM t",
      { message: 'column "nothing" does not exist', at: 'nothing FROM t' },
    ],
    [
      'a unique violation',
      "INSERT INTO t SELECT 1 WHERE '\u00e4' <> '\u{1d11e}'",
      { message: 'duplicate key value violates unique constraint "t_pkey"', at: null },
    ],
    [
      'a function that does not exist',
      'SELECT no_such_function(1)',
      { message: 'function no_such_function(integer) does not exist', at: 'no_such_function(1)' },
    ],
  ])('%s', async (_case, statement, expected) => {
    await using made = await open(batch(statement))
    const error = await made.failure()
    if (!(error instanceof MigrationFailed)) throw error
    expect(error.message).toContain(expected.message)
    expect(error.place).toMatchObject({ revision: 'tested', stage: 1, line: 9, statement })
    // PostgreSQL counts characters from 1, not UTF-16 units.
    const { position } = error.place
    expect(position && [...statement].slice(position - 1).join('')).toBe(expected.at)
  })

  test('with parameters it is a message of its own', async () => {
    await using made = await open(
      `${batch('SELECT 1')}
  op.execute({ sql: op.sql\`INSERT INTO t SELECT \${1}::int, \${'\u00fc'}\` })`,
    )
    const error = await made.failure()
    if (!(error instanceof MigrationFailed)) throw error
    expect(error.message).toContain('INSERT has more expressions than target columns')
    expect(error.place).toMatchObject({ line: 11, statement: 'INSERT INTO t SELECT $1::int, $2' })
  })

  test('a syntax error is found before anything runs', async () => {
    await using made = await open(batch("SELECT '\u{1d11e}' FORM t"))
    const error = await made.failure()
    expect(error).toBeInstanceOf(RevisionMistake)
    expect(error).toMatchObject({ revision: 'tested', line: 9 })
    expect(error.message).toContain('syntax error at or near "t"')
    expect(await made.query("SELECT to_regclass('t') AS t")).toEqual([{ t: null }])
  })

  test('a misspelt field is found before anything runs', async () => {
    await using made = await open(`${batch('SELECT 1')}
  op.addColumn({ table: 't', column: { name: 'n', type: 'int', notNul: true } })`)
    const error = await made.failure()
    expect(error).toBeInstanceOf(RevisionMistake)
    expect(error).toMatchObject({ revision: 'tested', line: 11, hint: expect.stringContaining('notNull') })
    expect(error.message).toMatch(/tested\.ts:11: op\.addColumn: "column" has no field "notNul"\.$/)
    expect(await made.query("SELECT to_regclass('t') AS t")).toEqual([{ t: null }])
  })

  test('so is one after a query, when the query is done, and the transaction with it is undone', async () => {
    await using made = await open(`  op.execute({ sql: 'CREATE TABLE t (id int PRIMARY KEY)' })
  await op.query('SELECT id FROM t')
  op.dropTable({ nam: 't' })`)
    const error = await made.failure()
    expect(error.message).toMatch(/tested\.ts:8: op\.dropTable has no field "nam"\.$/)
    expect(await made.query("SELECT to_regclass('t') AS t")).toEqual([{ t: null }])
  })

  test('an operation that there is not names those that there are', async () => {
    await using made = await open("  op.creatTable({ name: 't', columns: [] })")
    const error = await made.failure()
    expect(error).toMatchObject({ line: 6, hint: expect.stringContaining('Did you mean createTable') })
    expect(error.message).toContain('There is no operation creatTable.')
  })

  test('in a .sql revision the line is that of the statement', async () => {
    await using made = await open('')
    const file = join(made.project.migrations, 'second.sql')
    await writeFile(
      file,
      `-- revision: second
-- down_revision: tested
-- upgrade
CREATE TABLE t (name text);
COMMENT ON TABLE t IS 'gr\u00fc\u00dfe; \u{1d11e}';

INSERT INTO t
  SELECT '\u20ac', missing;
SELECT 2;
`,
    )
    const error = await made.failure()
    if (!(error instanceof MigrationFailed)) throw error
    expect(error.place).toMatchObject({
      file,
      line: 7,
      statement: "INSERT INTO t\n  SELECT '\u20ac', missing",
      position: 29,
    })
  })
})

test.each(['await makeAll(op)', "await op.query('SELECT 1'); await makeAll(op)"])(
  'what a function of another file says is told with the line that calls it: %s',
  async (call) => {
    await using made = await open('')
    const { migrations } = made.project
    const helper = `\n\n\n\n\n\n\n\nexport async function makeAll(op) {\n  await null\n  op.execute({ sql: 'SELECT 1 / 0' })\n}\n`
    await writeFile(join(migrations, 'helper.ts'), helper)
    await made.project.write({
      id: 'tested',
      header: "import { makeAll } from './helper.ts'",
      upgrade: `\n\n  ${call}`,
    })
    const failure = await made.failure()
    expect(failure.message).toContain('tested.ts:8:')
  },
)
