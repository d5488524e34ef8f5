import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { VerificationUnknown, type VerifyReport, verify } from '../../src/commands/verify.ts'
import { operation } from '../../src/index.ts'
import { verifications } from '../../src/testing.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { targets } from '../servers/databases.ts'

/** What was found, a line each: the verification, the revision, the message. */
function found({ verifications }: VerifyReport): readonly string[] {
  return verifications.flatMap(({ name, findings }) =>
    findings.map(({ revision, message }) => `${name} ${revision}: ${message}`),
  )
}

const users: TestRevision = {
  id: 'users',
  upgrade: `  op.createTable({ name: 'users', columns: [
    { name: 'id', type: 'bigint', identity: 'always', primaryKey: true },
    { name: 'name', type: 'text', notNull: true },
    { name: 'age', type: 'integer' },
    { name: 'nick', type: 'text' },
  ] })`,
}

const lint = 'off'

test('revisions that come and go without a trace are verified', async () => {
  await using project = await testProject(
    users,
    {
      id: 'note',
      down: 'users',
      upgrade: "  op.addColumn({ table: 'users', column: { name: 'note', type: 'text' } })",
    },
    {
      id: 'index',
      down: 'note',
      upgrade: "  op.createIndex({ name: 'i', table: 'users', columns: ['name'], concurrently: true })",
    },
  )
  const report = await verify({ migrations: project.migrations })
  expect(found(report)).toEqual([])
  expect(report.revisions).toBe(3)
  expect(report.verifications.map(({ name }) => name)).toEqual([
    'one-head',
    'round-trip',
    'rows',
    'offline',
    'declared-schema',
    'hazards',
  ])
})

test('what was found is told again the next time, and what has changed since is tried anew', async () => {
  const note = (type: string): TestRevision => ({
    id: 'note',
    down: 'users',
    upgrade: `  op.execute({ sql: 'ALTER TABLE users ADD note ${type}' })`,
    downgrade: "  op.execute({ sql: 'SELECT 1' })",
  })
  await using project = await testProject(users, note('text'))
  const config = { migrations: project.migrations, lint } as const
  const [first, second] = [await verify(config), await verify(config)]
  const findings = [
    expect.stringMatching(/^round-trip note: .* up again/),
    expect.stringMatching(/ note: Undone/),
  ]
  expect(found(first)).toEqual(findings)
  expect(found(second)).toEqual(found(first))
  await project.write({ ...note('bytea'), downgrade: "  op.execute({ sql: 'ALTER TABLE users DROP note' })" })
  expect(found(await verify(config))).toEqual([])
})

test('what a downgrade leaves, what it fails of, and what a second upgrade makes otherwise, is found', async () => {
  await using project = await testProject(
    users,
    {
      id: 'leaves',
      down: 'users',
      upgrade: "  op.execute({ sql: 'CREATE TABLE IF NOT EXISTS left_over (a int)' })",
      downgrade: "  op.execute({ sql: 'SELECT 1' })",
    },
    {
      id: 'fails',
      down: 'leaves',
      upgrade: "  op.execute({ sql: 'CREATE TABLE t (a int)' })",
      downgrade: "  op.execute({ sql: 'DROP TABLE no_such' })",
    },
    {
      id: 'other',
      down: 'fails',
      upgrade: `  op.execute({ sql: "CREATE SEQUENCE IF NOT EXISTS made; SELECT nextval('made'); DO $$ BEGIN EXECUTE format('CREATE TABLE t%s (a int)', currval('made')); END $$" })`,
      downgrade: "  op.execute({ sql: 'DROP TABLE IF EXISTS t1, t2, t3' })",
    },
  )
  const report = await verify({ migrations: project.migrations, lint })
  expect(found(report)).toEqual([
    'round-trip leaves: Undone, it leaves another schema than there was before it.',
    expect.stringMatching(/^round-trip fails: It fails on its way down: .*table "no_such" does not exist/),
    'round-trip other: Undone, it leaves another schema than there was before it.',
    'round-trip other: The second time it makes another schema than the first time.',
  ])
  const [left] = report.verifications.find(({ name }) => name === 'round-trip')?.findings ?? []
  expect(left?.details[0]).toMatch(/^\+ column left_over\.a integer/)
})

test('a column that came later has values too, as far as what comes next bears them', async () => {
  await using project = await testProject(
    users,
    {
      id: 'price',
      down: 'users',
      upgrade: `  op.addColumn({ table: 'users', column: { name: 'price', type: 'numeric(10, 2)' } })
  op.addColumn({ table: 'users', column: { name: 'state', type: 'text', notNull: true, default: 'new' } })`,
    },
    {
      id: 'nicks',
      down: 'price',
      upgrade: "  op.createIndex({ name: 'nicks', table: 'users', columns: ['nick'] })",
    },
    {
      id: 'states',
      down: 'nicks',
      upgrade:
        "  op.createCheckConstraint({ name: 'states', table: 'users', expression: op.sql`state IN ('new', 'old')` })",
    },
    {
      id: 'cents',
      down: 'states',
      upgrade: "  op.execute({ sql: 'ALTER TABLE users ADD COLUMN paid boolean' })",
      downgrade: "  op.execute({ sql: 'ALTER TABLE users DROP COLUMN paid' })",
    },
    {
      id: 'unpaid',
      down: 'cents',
      upgrade: "  op.execute({ sql: 'UPDATE users SET paid = false' })",
      downgrade: "  op.execute({ sql: 'UPDATE users SET paid = NULL' })",
    },
  )
  const report = await verify({ migrations: project.migrations, lint })
  expect(found(report)).toEqual([
    'rows unpaid: Up and down again, it loses users.paid, and says nothing of it.',
  ])
  // The check does not bear them, and bears those that the rows had before.
  expect(report.verifications.flatMap(({ notes }) => notes).join('\n')).not.toMatch(/without rows/)
})

test('values that are lost are found, unless the revision says that they are', async () => {
  await using project = await testProject(
    users,
    {
      id: 'silent',
      down: 'users',
      upgrade: "  op.execute({ sql: 'ALTER TABLE users DROP COLUMN age' })",
      downgrade: "  op.execute({ sql: 'ALTER TABLE users ADD COLUMN age integer' })",
    },
    {
      id: 'said',
      down: 'silent',
      upgrade: "  op.dropColumn({ table: 'users', name: 'nick', was: { type: 'text' } })",
    },
    {
      id: 'shouts',
      down: 'said',
      upgrade: "  op.execute({ sql: 'UPDATE users SET name = upper(name)' })",
      downgrade: "  op.execute({ sql: 'SELECT 1' })",
    },
  )
  const config = { migrations: project.migrations, lint } as const
  expect(found(await verify(config))).toEqual([
    'rows silent: Up and down again, it loses users.age, and says nothing of it.',
    'rows shouts: Up and down again, it loses users.name, and says nothing of it.',
  ])
  const accept = [
    { verification: 'rows', revision: 'silent', reason: 'nobody has an age' },
    { verification: 'rows', revision: 'shouts', reason: 'names are loud' },
    { verification: 'offline', reason: 'no scripts here' },
  ]
  const report = await verify({ ...config, verify: { accept } })
  expect(found(report)).toEqual([])
  expect(report.verifications[2]?.accepted.map(({ reason }) => reason)).toEqual([
    'nobody has an age',
    'names are loud',
  ])
  expect(report.unused).toEqual(accept.slice(2))
  const misspelt = verify({ ...config, verify: { accept: [{ verification: 'row', reason: 'x' }] } })
  await expect(misspelt).rejects.toThrow(VerificationUnknown)
})

test('rows that a revision adds itself may have other numbers the second time', async () => {
  await using project = await testProject(
    {
      id: 'tags',
      upgrade:
        "  op.createTable({ name: 'tags', columns: [{ name: 'id', type: 'serial', primaryKey: true }, { name: 'name', type: 'text' }] })",
    },
    {
      id: 'seed',
      down: 'tags',
      upgrade: `  op.execute({ sql: "INSERT INTO tags (name) VALUES ('new')" })`,
      downgrade: `  op.execute({ sql: "DELETE FROM tags WHERE name = 'new'" })`,
    },
  )
  expect(found(await verify({ migrations: project.migrations, lint }))).toEqual([])
})

test('what fails with sample rows is tried without any, and says so', async () => {
  await using project = await testProject(users, {
    id: 'needs',
    down: 'users',
    upgrade: "  op.execute({ sql: 'ALTER TABLE users ALTER age SET NOT NULL' })",
    downgrade: "  op.execute({ sql: 'ALTER TABLE users ALTER age DROP NOT NULL' })",
  })
  const report = await verify({ migrations: project.migrations, lint })
  expect(found(report)).toEqual([])
  expect(report.verifications[2]?.notes).toEqual([
    expect.stringMatching(
      /^needs was tried without rows, .*column "age" of relation "users" contains null values/,
    ),
  ])
})

test('a revision that fails on every database ends it, and the rest is told as not tried', async () => {
  await using project = await testProject(
    { id: 'broken', upgrade: "  op.execute({ sql: 'ALTER TABLE nobody ADD COLUMN a int' })" },
    { ...users, down: 'broken' },
  )
  const report = await verify({ migrations: project.migrations, lint })
  expect(found(report)).toEqual([
    expect.stringMatching(/^round-trip broken: It fails on its way up: .*relation "nobody" does not exist/),
  ])
  expect(report.verifications[1]?.notes).toEqual(['Not tried, since a revision before them fails: users.'])
})

describe('many are walked in parts', () => {
  const many = (at: number, other: Partial<TestRevision>) =>
    Array.from(
      { length: 40 },
      (_, n): TestRevision => ({
        id: `r${n}`,
        ...(n === 0 ? {} : { down: `r${n - 1}` }),
        upgrade: `  op.execute({ sql: 'CREATE TABLE t${n} ()' })`,
        downgrade: `  op.execute({ sql: 'DROP TABLE t${n}' })`,
        ...(n === at ? other : {}),
      }),
    )

  test('what is found is found of the same one', async () => {
    await using project = await testProject(...many(31, { downgrade: "  op.execute({ sql: 'SELECT 1' })" }))
    expect(found(await verify({ migrations: project.migrations, lint }))).toEqual([
      expect.stringMatching(/^round-trip r31: It fails on its way up again/),
      'round-trip r31: Undone, it leaves another schema than there was before it.',
    ])
  })

  test('a part that begins behind one that fails is not tried', async () => {
    await using project = await testProject(
      ...many(7, { upgrade: "  op.execute({ sql: 'DROP TABLE nowhere' })" }),
    )
    const report = await verify({ migrations: project.migrations, lint })
    expect(found(report)).toEqual([expect.stringMatching(/^round-trip r7: It fails on its way up: /)])
    const [, trips] = report.verifications
    expect(trips?.notes).toEqual([
      `Not tried, since a revision before them fails: ${Array.from({ length: 32 }, (_, n) => `r${n + 8}`).join(', ')}.`,
    ])
  })
})

test('two heads, a schema that is not declared so, and hazards nobody has taken are found', async () => {
  await using project = await testProject(
    users,
    {
      id: 'one',
      down: 'users',
      upgrade: "  op.execute({ sql: 'CREATE INDEX i ON users (name)' })",
      downgrade: "  op.dropIndex({ name: 'i' })",
    },
    {
      id: 'two',
      down: 'users',
      upgrade: "  op.addColumn({ table: 'users', column: { name: 'b', type: 'text' } })",
    },
  )
  const schema = () =>
    'CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, age integer, nick text, b text, c text); CREATE INDEX i ON users (name);'
  const report = await verify({ migrations: project.migrations, schema })
  expect(found(report)).toEqual([
    'one-head null: There are 2 heads: one, two. Join them with "limbeck merge".',
    'declared-schema null: The declared schema still needs: add column users.c',
    expect.stringMatching(/^hazards one: .* \(index-build\)$/),
  ])
})

test('hazards are found in tables that other revisions have made meanwhile, and that nothing has named since', async () => {
  const posts = 'CREATE TABLE posts (id bigint PRIMARY KEY, body text)'
  await using project = await testProject(
    users,
    {
      id: 'posts',
      down: 'users',
      upgrade: `  op.execute({ sql: '${posts}' })`,
      downgrade: "  op.dropTable({ name: 'posts' })",
    },
    {
      id: 'named',
      down: 'posts',
      upgrade: "  op.execute({ sql: 'ALTER TABLE users ALTER COLUMN nick SET NOT NULL' })",
      downgrade: "  op.execute({ sql: 'ALTER TABLE users ALTER COLUMN nick DROP NOT NULL' })",
    },
    {
      id: 'index',
      down: 'named',
      upgrade: "  op.execute({ sql: 'CREATE INDEX posts_i ON posts (body)' })",
      downgrade: "  op.dropIndex({ name: 'posts_i' })",
    },
  )
  const hazards = found(await verify({ migrations: project.migrations })).filter((one) =>
    one.startsWith('hazards'),
  )
  expect(hazards).toEqual([
    expect.stringMatching(/^hazards named: .* \(not-null-scan\)$/),
    expect.stringMatching(/^hazards named: .* \(fails-on-rows\)$/),
    expect.stringMatching(/^hazards named: .* \(required-value\)$/),
    expect.stringMatching(/^hazards index: .* \(index-build\)$/),
  ])
})

test('a revision that has forgotten what was prepared is verified like any other', async () => {
  const sql = (text: string) => `  op.execute({ sql: '${text}' })`
  const set = { upgrade: sql('DEALLOCATE ALL'), downgrade: sql('DEALLOCATE ALL') }
  await using project = await testProject(
    users,
    { id: 'one', down: 'users', ...set },
    { id: 'two', down: 'one', ...set },
  )
  expect(found(await verify({ migrations: project.migrations }))).toEqual([])
})

/** An operation whose preview, which is what a script has, is not what a run does. */
function previewed(kind: string, { script, run }: { readonly script: string; readonly run: string }) {
  return operation(kind, {
    title: () => kind,
    steps: () => [
      {
        run: 'procedure',
        title: 'in steps',
        preview: [script],
        *steps() {
          yield run
        },
      },
    ],
    inverse: () => [{ kind: 'dropTable', name: kind }],
    locks: () => [],
    examples: [],
  })
}

test('a script that makes something else than a run is found, can it be undone or not, and what comes after it is tried', async () => {
  const operations = [
    previewed('half', { script: 'CREATE TABLE half (a int)', run: 'CREATE TABLE half (a int, b int)' }),
    previewed('broken', { script: 'CREATE TABLE half (a int)', run: 'CREATE TABLE broken (a int)' }),
  ]
  const drop = (table: string) => `  op.execute({ sql: 'DROP TABLE ${table}' })`
  await using project = await testProject(
    { id: 'half', upgrade: '  op.half({})', downgrade: drop('half') },
    { id: 'broken', down: 'half', upgrade: '  op.broken({})', downgrade: drop('broken') },
    { id: 'gone', down: 'broken', header: "export const irreversible = 'gone'", upgrade: drop('half') },
    { id: 'final', down: 'gone', header: "export const irreversible = 'gone'", upgrade: '  op.half({})' },
    { ...users, down: 'final' },
  )
  const report = await verify({ migrations: project.migrations, operations, lint })
  expect(found(report)).toEqual([
    'offline half: Its script makes another schema than a run.',
    'offline broken: Its script fails, and a run does not: relation "half" already exists',
    'offline final: Its script makes another schema than a run.',
  ])
})

test('where many scripts fail, it is not tried to the last', async () => {
  const broken = previewed('broken', { script: 'SELECT 1 / 0', run: 'CREATE TABLE broken (a int)' })
  const drop = "  op.execute({ sql: 'DROP TABLE IF EXISTS broken', inverse: null })"
  const ids = Array.from({ length: 5 }, (_, n) => `r${n}`)
  await using project = await testProject(
    ...ids.map((id, n) => ({
      id,
      ...(n === 0 ? {} : { down: `r${n - 1}` }),
      upgrade: `${drop}\n  op.broken({})`,
      downgrade: drop,
    })),
  )
  const report = await verify({ migrations: project.migrations, operations: [broken], lint })
  const offline = report.verifications.find(({ name }) => name === 'offline')
  expect(offline?.findings.map(({ revision }) => revision)).toEqual(ids.slice(0, 3))
  expect(offline?.notes).toEqual(
    ids.slice(3).map((id) => `The script of ${id} was not tried, since 3 before it fail.`),
  )
})

test('a downgrade that is a mistake is found, and is no revision that cannot be undone', async () => {
  await using project = await testProject(users, {
    id: 'note',
    down: 'users',
    upgrade: "  op.addColumn({ table: 'users', column: { name: 'note', type: 'text' } })",
    downgrade: "  op.dropColum({ table: 'users', name: 'note' })",
  })
  const report = await verify({ migrations: project.migrations, lint })
  expect(found(report)).toEqual([
    expect.stringMatching(/^round-trip note: It fails on its way down: .*dropColum/),
  ])
})

describe('as tests of a project', () => {
  const six = { directory: join(import.meta.dirname, '..', '..', 'examples', 'six') }

  test.each(verifications(six).filter(({ name }) => !name.includes('lint')))('$name', ({ run }) => run())

  test('a test fails with what was found', async () => {
    await using project = await testProject(users, { ...users, id: 'again' })
    const [first] = verifications({ migrations: project.migrations })
    await expect(first?.run()).rejects.toThrow(
      'It does not hold that there is one head:\nThere are 2 heads: again, users. Join them with "limbeck merge".',
    )
  })
})

test('killed at any point a revision comes to the same end, and a course that cannot be run a second time is found', {
  timeout: 300_000,
}, async () => {
  const once = operation('once', {
    title: () => 'once',
    steps: () => [
      {
        run: 'procedure',
        title: 'in steps',
        preview: ['CREATE TABLE first (a int)', 'CREATE TABLE second (a int)'],
        *steps() {
          yield 'CREATE TABLE first (a int)'
          yield 'CREATE TABLE second (a int)'
        },
      },
    ],
    inverse: () => [],
    locks: () => [],
    examples: [],
  })
  await using project = await testProject(users, {
    id: 'once',
    down: 'users',
    upgrade:
      "  op.createIndex({ name: 'i', table: 'users', columns: ['name'], concurrently: true })\n  op.once({})",
    downgrade: "  op.execute({ sql: 'DROP TABLE first, second; DROP INDEX i' })",
  })
  const report = await verify({ migrations: project.migrations, operations: [once], lint }, { crash: true })
  // Between its two statements, and between the second and its record: the index before it is built anew.
  const again = /^crash once: Killed before its message \d+, it cannot be run again: .*"first" already exists/
  expect(found(report)).toEqual([expect.stringMatching(again), expect.stringMatching(again)])
})

test.each(targets.filter(({ kind }) => kind === 'server'))('on $name', async (target) => {
  await using database = await target.open()
  await using project = await testProject(users, {
    id: 'silent',
    down: 'users',
    upgrade: "  op.execute({ sql: 'ALTER TABLE users DROP COLUMN age' })",
    downgrade: "  op.execute({ sql: 'ALTER TABLE users ADD COLUMN age integer' })",
  })
  const on = database.url as `postgres${string}`
  const report = await verify({ migrations: project.migrations, lint }, { on, crash: true })
  expect(found(report)).toEqual([
    'rows silent: Up and down again, it loses users.age, and says nothing of it.',
  ])
  expect(report.verifications.at(-1)?.notes).toEqual(['Crashes are tried on embedded databases only.'])
})
