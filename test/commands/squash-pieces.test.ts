import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogText } from '../../src/catalog/catalog-text.ts'
import { abort, current, downgrade, squash, stamp, status, upgrade } from '../../src/index.ts'
import { type Folder, folder } from '../cli/folder.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { oneTarget, servers, targets } from '../servers/databases.ts'

type Target = (typeof targets)[number]

const [target = targets[0]] = servers()

function table(name: string): string {
  return `  op.createTable({ name: '${name}', columns: [{ name: 'id', type: 'bigint', primaryKey: true }] })`
}

function line(...upgrades: readonly string[]): readonly TestRevision[] {
  return upgrades.map((text, n) => ({ id: `r${n}`, down: n === 0 ? null : `r${n - 1}`, upgrade: text }))
}

async function open(from: Target | undefined, ...revisions: readonly TestRevision[]) {
  if (from === undefined) throw new Error('There is no database to test on.')
  const stack = new AsyncDisposableStack()
  const database = stack.use(await from.open())
  const project = stack.use(await testProject(...revisions))
  const config = { database: database.url, migrations: project.migrations, lint: 'off' } as const
  return {
    database,
    project,
    config,
    catalog: () => catalogText((sql) => database.query(sql)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

describe('what is merged', () => {
  test('a table that may have rows keeps every step of what is done to it, and what is made in the run is made once', async () => {
    const revisions = line(
      `  op.createTable({ name: 'people', columns: [{ name: 'id', type: 'bigint', primaryKey: true }, { name: 'a', type: 'text' }] })`,
      `  op.addColumn({ table: 'people', column: { name: 'x', type: 'int', notNull: true, default: 5 } })`,
      `  op.alterColumn({ table: 'people', name: 'x', default: null, was: { default: 5 } })`,
      `  op.renameColumn({ table: 'people', from: 'a', to: 'b' })`,
      `  op.createTable({ name: 'notes', columns: [{ name: 'id', type: 'bigint', primaryKey: true }] })
  op.createView({ name: 'seen', query: op.sql\`SELECT id FROM notes\` })`,
      `  op.addColumn({ table: 'notes', column: { name: 'body', type: 'text', notNull: true } })
  op.dropView({ name: 'seen', was: { query: op.sql\`SELECT id FROM notes\` } })`,
      `  op.createView({ name: 'seen', query: op.sql\`SELECT id, body FROM notes\` })
  op.grant({ privileges: ['select'], on: { table: 'seen' }, to: ['pg_monitor'] })`,
      `  op.alterColumn({ table: 'people', name: 'b', type: 'int', using: op.sql\`length(b)\`, was: { type: 'text' } })`,
    )
    await using reference = await open(target, ...revisions)
    await using its = await open(target, ...revisions)
    for (const { config, database } of [reference, its]) {
      await upgrade(config, { to: 'r0' })
      await database.query("INSERT INTO people VALUES (1, 'four'), (2, NULL)")
    }
    await upgrade(reference.config)
    const report = await squash(its.config, 'r1:r7', { id: 'all' })
    expect(report.merged.map(({ id }) => id)).toEqual(['r4', 'r5', 'r6'])
    expect(report.kept.map(({ id }) => id)).toEqual(['r1', 'r2', 'r3', 'r7'])
    const text = await readFile(report.file, 'utf8')
    expect(text.match(/op\.\w+/g)).toEqual([
      'op.addColumn',
      'op.alterColumn',
      'op.renameColumn',
      'op.createTable',
      'op.createView',
      'op.sql',
      'op.grant',
      'op.alterColumn',
      'op.sql',
      ...(text.split('function downgrade')[1]?.match(/op\.\w+/g) ?? []),
    ])
    await upgrade(its.config)
    expect(await its.catalog()).toEqual(await reference.catalog())
    const rows = 'SELECT * FROM people ORDER BY id'
    expect(await its.database.query(rows)).toEqual([
      { id: '1', b: 4, x: 5 },
      { id: '2', b: null, x: 5 },
    ])
    expect(await its.database.query(rows)).toEqual(await reference.database.query(rows))
  })

  test('the labels of an enum under the domain of a column that has rows change as they were said to', async () => {
    const revisions = line(
      `  op.createEnum({ name: 'mood', values: ['sad', 'bad', 'glad'] })
  op.execute({ sql: 'CREATE DOMAIN feeling AS mood; CREATE TABLE people (id int PRIMARY KEY, feels feeling[])', inverse: null })`,
      `  op.execute({ sql: "ALTER TYPE mood RENAME VALUE 'bad' TO 'mad'", inverse: "ALTER TYPE mood RENAME VALUE 'mad' TO 'bad'" })`,
      table('t'),
      `  op.addColumn({ table: 't', column: { name: 'a', type: 'int' } })`,
    )
    await using its = await open(target, ...revisions)
    await upgrade(its.config, { to: 'r0' })
    await its.database.query("INSERT INTO people VALUES (1, '{bad}')")
    const report = await squash(its.config, 'r1:r3', { id: 'all' })
    expect(report.kept.map(({ id }) => id)).toEqual(['r1'])
    expect(report.merged.map(({ id }) => id)).toEqual(['r2', 'r3'])
    await upgrade(its.config)
    expect(await its.database.query('SELECT feels::text AS feels FROM people')).toEqual([{ feels: '{mad}' }])
  })

  test('what cannot be made in one go is made as it was, and the reason is told', async () => {
    const revisions = line(
      `  op.execute({ sql: \`CREATE TYPE mood AS ENUM ('sad', 'glad');
        CREATE FUNCTION rank(mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT length($1::text)';
        CREATE CAST (mood AS int) WITH FUNCTION rank(mood); CREATE VIEW ranks AS SELECT 'sad'::mood::int AS rank\`, inverse: null })`,
      // The view goes on without it, but PostgreSQL prints it with it.
      `  op.execute({ sql: 'DROP CAST (mood AS int)', inverse: null })`,
    )
    await using its = await open(target, ...revisions)
    await using reference = await open(target, ...revisions)
    const report = await squash(its.config, 'base:r1', { id: 'all' })
    expect(report).toMatchObject({ merged: [], kept: [{ id: 'r0' }, { id: 'r1' }] })
    expect(report.notMerged).toContain('cannot cast type mood to integer')
    await upgrade(its.config)
    await upgrade(reference.config)
    expect(await its.catalog()).toEqual(await reference.catalog())
  })

  test('a backfill is not left to workers where something after it in the run needs its revision', async () => {
    await using its = await open(
      target,
      ...line(
        `${table('t')}\n  op.addColumn({ table: 't', column: { name: 'a', type: 'int' } })`,
        `  op.backfill({ table: 't', set: { a: 1 }, detach: true })`,
        `  op.requireBackfill({ revision: 'r1' })\n  op.execute({ sql: 'SELECT 1', inverse: null })`,
      ),
    )
    await squash(its.config, 'base:r2', { id: 'all' })
    expect((await upgrade(its.config)).detached).toEqual([])
  })

  test('what no catalog has stays as it was said: partitions that are kept up, and SQL that may do anything', async () => {
    const revisions = line(
      `  op.createTable({ name: 'events', columns: [{ name: 'at', type: 'timestamptz', notNull: true }], partitionBy: { strategy: 'range', columns: ['at'] } })`,
      `  op.keepPartitions({ table: 'events', every: 'month', ahead: 2 })`,
      `  op.execute({ sql: "DO $$ BEGIN CREATE TABLE made (); END $$", inverse: 'DROP TABLE made' })`,
      `  op.execute({ sql: 'CREATE TABLE one ()', inverse: 'DROP TABLE one' })`,
      `  op.execute({ sql: 'ALTER TABLE one ADD COLUMN a int', inverse: 'ALTER TABLE one DROP COLUMN a' })`,
    )
    await using its = await open(target, ...revisions)
    const report = await squash(its.config, ':r4', { id: 'all' })
    expect(report.kept.map(({ id }) => id)).toEqual(['r0', 'r1', 'r2'])
    expect(report.merged.map(({ id }) => id)).toEqual(['r3', 'r4'])
    const text = await readFile(report.file, 'utf8')
    expect(text).toContain('op.keepPartitions(')
    expect(text).toMatch(/createTable\(\{ name: 'one', columns: \[\{ name: 'a', type: 'integer' \}\] \}\)/)
  })

  test('a file that names others as seen from itself stays, and so does one that names its data', async () => {
    const revisions = line(table('t'), table('u'), table('v'))
    await using its = await open(target, ...revisions)
    const { migrations } = its.project
    await writeFile(join(migrations, 'names.ts'), "export const name = 'u'")
    await writeFile(join(migrations, 'rows.csv'), '1\n2\n')
    await its.project.write({
      id: 'r1',
      down: 'r0',
      header: "import { name } from './names.ts'\n",
      upgrade: `  op.createTable({ name, columns: [{ name: 'id', type: 'bigint', primaryKey: true }] })`,
    })
    await its.project.write({
      id: 'r3',
      down: 'r2',
      upgrade: `  op.copyFrom({ table: 't', columns: ['id'], from: { file: 'rows.csv' }, format: 'csv' })`,
      downgrade: `  op.execute({ sql: 'DELETE FROM t', inverse: null })`,
    })
    const report = await squash(its.config, 'base:r3', { id: 'all' })
    expect(report.staying).toEqual([join(migrations, 'r1.ts'), join(migrations, 'r3.ts')])
    expect((await readdir(join(migrations, 'squashed'))).sort()).toEqual(['r0.ts', 'r2.ts'])
    await upgrade(its.config)
    expect(await its.database.query('SELECT id FROM t ORDER BY id')).toEqual([{ id: '1' }, { id: '2' }])
    await using within = await open(target)
    await upgrade({ ...its.config, database: within.database.url })
    await downgrade({ ...its.config, database: within.database.url }, { to: 'base', acceptLoss: true })
  })

  test('SQL that does not say how it is undone can be undone where the schema says it; a function is not written down', async () => {
    await using its = await open(target, { id: 'r0', upgrade: table('t') })
    await writeFile(
      join(its.project.migrations, 'r1.sql'),
      '-- revision: r1\n-- down_revision: r0\n\n-- upgrade\nCREATE TABLE u (a int);\n',
    )
    const first = await squash(its.config, 'r0:r1', { id: 'all' })
    expect(first).toMatchObject({ irreversible: null, merged: [{ id: 'r0' }, { id: 'r1' }] })
    await its.project.write({
      id: 'r2',
      down: 'all',
      upgrade: `  op.backfill({ table: 't', columns: ['id'], into: { table: 'u', columns: ['a'] }, transform: (row) => [{ a: row.id }] })`,
    })
    const second = await squash(its.config, 'all:r2', { id: 'more' })
    expect(second).toMatchObject({ parts: [join(its.project.migrations, 'squashed', 'r2.ts')] })
    await upgrade(its.config)
    expect((await current(its.config)).current).toMatchObject([{ id: 'more' }])
  })

  test('what its author says cannot be undone makes the whole irreversible, with his reason', async () => {
    await using its = await open(target, ...line(table('t'), table('u')))
    await its.project.write({
      id: 'r1',
      down: 'r0',
      header: "export const irreversible = 'the keys are gone'",
      upgrade: table('u'),
    })
    const report = await squash(its.config, 'base:r1', { id: 'all' })
    expect(report.irreversible).toBe('the keys are gone')
    await upgrade(its.config)
    await expect(downgrade(its.config, { to: 'base', acceptLoss: true })).rejects.toThrow('the keys are gone')
  })
})

describe('what cannot be squashed', () => {
  test.each([
    { range: 'a:a', says: 'there is only a' },
    { range: 'a:c', says: 'x (', and: 'comes after b too' },
    { range: 'c:m', says: 'm joins d and y' },
    { range: 'd:a', says: 'Revision d does not come before a' },
    { range: 'base:heads', says: 'there are several at the end of the range: z, n' },
    { range: 'x:y', says: 'y depends on z, which comes after one of them' },
    { range: 'a:current', says: 'there is none at the end of the range' },
    { range: 'a', says: '"a" is not a range of revisions' },
    { range: 'a:nowhere', says: 'There is no revision "nowhere"' },
  ])('$range: $says', async ({ range, says, and = '' }) => {
    await using project = await testProject(
      { id: 'a', upgrade: table('a') },
      { id: 'b', down: 'a', upgrade: table('b') },
      { id: 'c', down: 'b', upgrade: table('c') },
      { id: 'd', down: 'c', upgrade: table('d') },
      { id: 'x', down: 'b', upgrade: table('x') },
      { id: 'y', down: 'x', header: "export const dependsOn = ['z']", upgrade: table('y') },
      { id: 'z', header: "export const dependsOn = ['x']", upgrade: table('z') },
      { id: 'm', down: ['d', 'y'], upgrade: table('m') },
      { id: 'n', down: 'm', upgrade: table('n') },
    )
    const files = await readdir(project.migrations)
    const refused = squash({ migrations: project.migrations }, range)
    await expect(refused).rejects.toThrow(says)
    await expect(refused).rejects.toThrow(and)
    expect(await readdir(project.migrations)).toEqual(files)
  })

  test('a file in the way of one that is moved: nothing is written then', async () => {
    await using its = await folder({
      'migrations/a.ts': `export const revision = 'a'\nexport const downRevision = null\nexport function upgrade(op) {}\n`,
      'migrations/b.ts': `export const revision = 'b'\nexport const downRevision = 'a'\nexport function upgrade(op) {}\n`,
      'migrations/squashed/b.ts': '',
    })
    const { exitCode, err } = await its.limbeck('squash', 'a:b')
    expect([exitCode, err]).toEqual([1, expect.stringContaining('is there already')])
    expect((await readdir(`${its.directory}/migrations`)).sort()).toEqual(['a.ts', 'b.ts', 'squashed'])
  })
})

test('a squash that was cut off after it had moved files is begun anew', async () => {
  const file = (id: string, down: string) =>
    `export const revision = '${id}'\nexport const downRevision = ${down}\nexport function upgrade(op) {\n${table(id)}\n}\n`
  await using its = await folder({
    'migrations/a.ts': file('a', 'null'),
    'migrations/squashed/b.ts': file('b', "'a'"),
  })
  const { exitCode, out } = await its.limbeck('squash', 'a:b', '--rev-id', 'all', '-m', 'all')
  expect([exitCode, out]).toEqual([0, expect.stringContaining('1 file moved to migrations/squashed')])
  expect(out).not.toContain('stays')
  expect((await readdir(`${its.directory}/migrations`)).filter((name) => name !== 'squashed')).toEqual([
    expect.stringContaining('_all_all.ts'),
  ])
  expect((await readdir(`${its.directory}/migrations/squashed`)).sort()).toEqual(['a.ts', 'b.ts'])
})

describe.each(oneTarget)('a revision of the run that is half done, on $name', (from) => {
  const revisions = line(
    `${table('t')}\n  op.addColumn({ table: 't', column: { name: 'a', type: 'int' } })`,
    `  op.addColumn({ table: 't', column: { name: 'b', type: 'int' } })
  op.createIndex({ table: 't', name: 't_a_key', columns: ['a'], unique: true, concurrently: true })`,
    table('u'),
  )

  test('is gone on with, or taken back, and then the whole stands', async () => {
    await using its = await open(from, ...revisions)
    await upgrade(its.config, { to: 'r0' })
    await its.database.query('INSERT INTO t VALUES (1, 1), (2, 1)')
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    await squash(its.config, 'base:r2', { id: 'all' })
    expect(await status(its.config)).toMatchObject({
      current: ['r0'],
      unfinished: [{ revision: 'r1' }],
      pending: [{ id: 'r1' }, { id: 'r2' }],
    })
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    await abort(its.config, { acceptLoss: true })
    expect(await status(its.config)).toMatchObject({ current: ['r0'], unfinished: [] })
    await expect(upgrade(its.config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    await its.database.query('UPDATE t SET a = id')
    expect((await upgrade(its.config)).applied.map(({ id }) => id)).toEqual(['r1', 'r2'])
    expect((await current(its.config)).current).toMatchObject([{ id: 'all' }])
    await downgrade(its.config, { to: 'base', acceptLoss: true })
    expect((await status(its.config)).applied).toEqual([])
  })
})

test('a database within the run whose files are gone is brought on by hand and stamped', async () => {
  await using its = await open(target, ...line(table('t'), table('u'), table('v')))
  await upgrade(its.config, { to: 'r0' })
  await squash(its.config, 'base:r2', { id: 'all' })
  await its.project.remove('squashed/r1')
  await its.project.remove('squashed/r2')
  await expect(status(its.config)).rejects.toMatchObject({ code: 'REPLACED_MISSING', missing: ['r1', 'r2'] })
  await stamp(its.config, ['head'])
  expect(await status(its.config)).toMatchObject({ current: ['all'], missing: [], edited: [] })
  await expect(downgrade(its.config, { to: 'r1', acceptLoss: true })).rejects.toMatchObject({
    code: 'REPLACED_REVISION',
    by: 'all',
  })
})

describe('limbeck squash', () => {
  const project = (): Promise<Folder> =>
    folder({
      'migrations/a.ts': `/** People. */
export const revision = 'a'
export const downRevision = null
export function upgrade(op) {
${table('people')}
}
`,
      'migrations/b.ts': `/** The first of them. */
export const revision = 'b'
export const downRevision = 'a'
export function upgrade(op) {
  op.bulkInsert({ table: 'people', rows: [{ id: 1 }] })
}
`,
      'migrations/c.sql': `-- Their names.
-- revision: c
-- down_revision: b

-- upgrade
ALTER TABLE people ADD COLUMN name text;
`,
    })

  test('says what it did, keeps rows where nobody can be asked, and what is next', async () => {
    await using its = await project()
    const { exitCode, out, err } = await its.limbeck(
      'squash',
      'base:c',
      '-m',
      'the first year',
      '--rev-id',
      'year',
    )
    expect([exitCode, err]).toEqual([0, ''])
    expect(out.replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE')).toMatchInlineSnapshot(`
      "✓ migrations/DATE_year_the_first_year.ts
        year, a new base

        replaces 3 revisions: a, b, c
        · as they were: a, b, c
      ! it cannot be undone: b: Nothing says how the rows in people are found again: give "key" to bulkInsert. (line 5)

        3 files moved to migrations/squashed
        Delete the old files when every database is past them; a database within the run needs them.
      "
    `)
    const files = await readdir(`${its.directory}/migrations`)
    const text = await its.read(`migrations/${files.find((name) => name.includes('year'))}`)
    expect(text.replace(/createDate = '.*'/, "createDate = 'NOW'")).toMatchInlineSnapshot(`
      "/** the first year */
      import type { Operations } from 'limbeck'

      export const revision = 'year'
      export const downRevision = null
      export const branchLabels = null
      export const dependsOn = null
      export const createDate = 'NOW'
      export const irreversible = 'b: Nothing says how the rows in people are found again: give "key" to bulkInsert. (line 5)'
      export const replaces = ['a', 'b', 'c']

      export function upgrade(op: Operations) {
        // a: People.
        op.createTable({ name: 'people', columns: [{ name: 'id', type: 'bigint', primaryKey: true }] })

        // b: The first of them.
        op.bulkInsert({ table: 'people', rows: [{ id: 1 }] })

        // c: Their names.
        op.execute({
          sql: \`ALTER TABLE people ADD COLUMN name text;
      \`,
        })
      }
      "
    `)
  })

  test('asks on a terminal what becomes of revisions of rows, and leaves them out', async () => {
    await using its = await project()
    const { out, questions } = await its.at({ answer: false })('squash', 'base:c', '--rev-id', 'year')
    expect(questions).toEqual(['These only read or write rows:\n  b  The first of them.\n\nKeep them?'])
    expect(out).toContain('left out: b')
    const files = await readdir(`${its.directory}/migrations`)
    const text = await its.read(`migrations/${files.find((name) => name.includes('year'))}`)
    expect(text.match(/op\.\w+/g)).toEqual(['op.createTable'])
  })

  test('--data takes two words', async () => {
    await using its = await project()
    const { exitCode, err } = await its.limbeck('squash', 'base:c', '--data', 'some')
    expect([exitCode, err]).toEqual([2, expect.stringContaining('--data is keep or drop, not some')])
  })
})
