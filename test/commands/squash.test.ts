import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogText } from '../../src/catalog/catalog-text.ts'
import {
  check,
  current,
  downgrade,
  history,
  offlineUpgrade,
  type SquashReport,
  squash,
  status,
  upgrade,
} from '../../src/index.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { oneTarget, targets } from '../servers/databases.ts'

type Target = (typeof targets)[number]

/** Two tables, an enum, a view, and a privilege. */
const first: TestRevision = {
  id: 'first',
  upgrade: `  op.createEnum({ name: 'mood', values: ['sad', 'glad'] })
  op.createTable({
    name: 'people',
    columns: [
      { name: 'id', type: 'bigint', primaryKey: true },
      { name: 'email', type: 'text', notNull: true },
      { name: 'feels', type: 'mood', default: 'sad' },
    ],
  })
  op.createTable({ name: 'notes', columns: [{ name: 'id', type: 'bigint', primaryKey: true }, { name: 'person', type: 'bigint' }] })
  op.createView({ name: 'happy', query: op.sql\`SELECT id FROM people\` })
  op.grant({ privileges: ['select'], on: { table: 'people' }, to: ['PUBLIC'] })`,
}

/** SQL that says what there is, and nothing about rows. */
const second = `-- The view says more.
-- revision: second
-- down_revision: first
-- branch_labels: shop

-- upgrade
CREATE OR REPLACE VIEW happy AS SELECT id, email FROM people WHERE feels = 'glad';
ALTER TABLE notes ADD COLUMN body text NOT NULL DEFAULT '', ADD FOREIGN KEY (person) REFERENCES people;
CREATE FUNCTION double(a int) RETURNS int LANGUAGE sql AS 'SELECT a * 2';

-- downgrade
DROP FUNCTION double(int);
ALTER TABLE notes DROP COLUMN body, DROP CONSTRAINT notes_person_fkey;
DROP VIEW happy;
CREATE VIEW happy AS SELECT id FROM people;
`

const third: TestRevision = {
  id: 'third',
  down: 'second',
  upgrade: `  op.bulkInsert({ table: 'people', rows: [{ id: 1, email: 'Ada@x.org' }, { id: 2, email: 'bob@x.org' }] })`,
  downgrade: `  op.execute({ sql: 'DELETE FROM people', inverse: null })`,
}

const fourth: TestRevision = {
  id: 'fourth',
  down: 'third',
  upgrade: `  op.addColumn({ table: 'people', column: { name: 'name', type: 'text' } })
  op.backfill({ table: 'people', set: { name: op.sql\`split_part(email, '@', 1)\` } })
  op.backfill({
    table: 'people',
    columns: ['id', 'name'],
    into: { table: 'notes', columns: ['id', 'person', 'body'] },
    onConflict: { update: ['id'] },
    transform: (row) => [{ id: row.id, person: row.id, body: lower(row.name) }],
  })
}

function lower(text) {
  return text.toLowerCase()`,
  downgrade: `  op.execute({ sql: 'DELETE FROM notes', inverse: null })
  op.dropColumn({ table: 'people', name: 'name', was: { type: 'text' } })`,
}

const fifth: TestRevision = {
  id: 'fifth',
  down: 'fourth',
  upgrade: `  op.addEnumValues({ name: 'mood', values: [{ value: 'so so', before: 'glad' }] })
  op.setNotNull({ table: 'people', column: 'name' })
  op.createIndex({ table: 'people', name: 'people_name', columns: ['name'], concurrently: true })`,
  downgrade: `  op.dropIndex({ name: 'people_name' })
  op.dropNotNull({ table: 'people', column: 'name' })
  op.execute({ sql: 'DROP VIEW happy', inverse: null })
  op.replaceEnum({ name: 'mood', values: ['sad', 'glad'] })
  op.createView({ name: 'happy', query: op.sql\`SELECT id, email FROM people WHERE feels = 'glad'\` })`,
}

const after: TestRevision = {
  id: 'after',
  down: 'fifth',
  header: "export const dependsOn = ['beside']",
  upgrade: `  op.addColumn({ table: 'notes', column: { name: 'at', type: 'timestamptz' } })`,
}

/** Another line, which needs what a revision in the middle of the run has made. */
const beside: TestRevision = {
  id: 'beside',
  header: "export const dependsOn = ['third']",
  upgrade: `  op.createTable({ name: 'beside', columns: [{ name: 'person', type: 'bigint', references: { table: 'people', column: 'id' } }] })`,
}

const run = ['first', 'second', 'third', 'fourth', 'fifth']

describe('a run of revisions that is squashed', () => {
  const folders = new AsyncDisposableStack()
  let old = ''
  let squashed = ''
  let report: SquashReport

  beforeAll(async () => {
    const project = folders.use(await testProject(first, third, fourth, fifth, after, beside))
    old = project.migrations
    await writeFile(join(old, 'second.sql'), second)
    squashed = await copyOf(old, folders)
    report = await squash({ migrations: squashed }, 'base:fifth', { id: 'year', message: 'the first year' })
  }, 300_000)

  afterAll(() => folders.disposeAsync())

  test('is one revision that says the schema in fewer words, and rows as they were said', async () => {
    expect(report).toMatchObject({
      downRevisions: [],
      merged: [{ id: 'first' }, { id: 'second' }],
      kept: [{ id: 'third' }, { id: 'fourth' }, { id: 'fifth' }],
      dropped: [],
      columnOrder: [],
      irreversible: null,
      parts: [join(squashed, 'squashed', 'fourth.ts')],
    })
    const text = await readFile(report.file, 'utf8')
    expect(text).toContain(`export const branchLabels = 'shop'
export const dependsOn = null`)
    expect(text).toContain(`export const replaces = ['first', 'second', 'third', 'fourth', 'fifth']
export const parts = ['./squashed/fourth.ts']`)
    expect(text).toContain(`  // third: The revision third.
  op.bulkInsert({`)
    expect(text).toContain('  await upgrade1(op)\n')
    expect((await readdir(join(squashed, 'squashed'))).sort()).toEqual([
      'fifth.ts',
      'first.ts',
      'fourth.ts',
      'second.sql',
      'third.ts',
    ])
  })

  test('is listed as the one, in its place', async () => {
    const listed = await history({ migrations: squashed })
    expect(listed.revisions.map(({ id }) => id)).toEqual(['after', 'beside', 'year'])
    expect(listed.revisions.at(-1)).toMatchObject({ replaces: run, branchLabels: ['shop'] })
  })

  describe.each(oneTarget)('on $name', (target) => {
    let known: Promise<Awaited<ReturnType<typeof made>>> | undefined
    const wanted = () => {
      known ??= made()
      return known
    }
    const made = async () => {
      await using its = await open(target)
      const empty = await its.catalog()
      await upgrade(its.at(old), { to: 'heads' })
      return { empty, catalog: await its.catalog(), rows: await its.rows() }
    }

    test.each([0, 1, 2, 3, 4, 5, 6])(
      'a database that has %i of the revisions goes on from there',
      async (count) => {
        const { empty, catalog, rows } = await wanted()
        await using its = await open(target)
        const to = count === 0 ? 'base' : [...run, 'after'][count - 1]
        if (to !== 'base') await upgrade(its.at(old), to === undefined ? {} : { to })
        const config = its.at(squashed)

        const had = (await status(config)).applied.map(({ id }) => id)
        const before = await current(config)
        if (count === 5) expect(before.current.map(({ id }) => id)).toEqual(['year'])
        if (count > 0 && count < 5) expect(before.current.map(({ id }) => id)).toEqual([run[count - 1]])

        const { applied } = await upgrade(config, { to: 'heads' })
        const left = count === 0 ? ['year'] : run.slice(count)
        expect(applied.map(({ id }) => id).sort()).toEqual(
          [...left, 'beside', ...(count === 6 ? [] : ['after'])].filter((id) => !had.includes(id)).sort(),
        )
        expect(await its.catalog()).toEqual(catalog)
        expect(await its.rows()).toEqual(rows)

        expect((await upgrade(config, { to: 'heads' })).applied).toEqual([])
        expect((await check(config)).findings).toEqual(['There are 2 heads: beside, after.'])
        const listed = await history(config, { indicateCurrent: true })
        expect(listed.revisions.map(({ id, applied: has }) => [id, has])).toEqual([
          ['after', true],
          ['beside', true],
          ['year', true],
        ])
        expect(await status(config)).toMatchObject({
          current: ['beside', 'after'],
          pending: [],
          edited: [],
          missing: [],
        })

        const undone = await downgrade(config, { to: 'base', acceptLoss: true })
        expect(undone.undone.map(({ id }) => id)).toEqual(['after', 'beside', 'year'])
        expect(await its.catalog()).toEqual(empty)
        expect((await status(config)).applied).toEqual([])
      },
    )

    test('a script for psql starts within the run too, and knows a database by whichever ids it has', async () => {
      await using its = await open(target)
      const config = its.at(squashed)
      const within = await offlineUpgrade(config, { range: 'second:third' })
      expect(within.revisions).toEqual(['third'])
      const past = await offlineUpgrade(config, { range: 'year:beside' })
      expect(past.revisions).toEqual(['beside'])
      await upgrade(its.at(old), { to: 'fifth' })
      await its.database.query(guardOf(past.sql))
      await downgrade(config, { to: 'base', acceptLoss: true })
      await expect(its.database.query(guardOf(past.sql))).rejects.toThrow('year is not applied')
      await upgrade(config, { to: 'year' })
      await its.database.query(guardOf(past.sql))
    })
  })

  test('a database that is past it needs the old files no more; one within it is told which are missing', async () => {
    await using stack = new AsyncDisposableStack()
    const later = await copyOf(squashed, stack)
    for (const name of ['first.ts', 'second.sql', 'third.ts', 'fifth.ts'])
      await rm(join(later, 'squashed', name))
    const target = anyTarget()
    await using past = await open(target)
    await upgrade(past.at(old), { to: 'fifth' })
    expect((await upgrade(past.at(later), { to: 'heads' })).applied.map(({ id }) => id)).toEqual([
      'beside',
      'after',
    ])
    await using within = await open(target)
    await upgrade(within.at(old), { to: 'second' })
    await expect(upgrade(within.at(later), { to: 'heads' })).rejects.toMatchObject({
      code: 'REPLACED_MISSING',
      missing: ['third', 'fifth'],
    })
  })

  test('a file that it takes in is a part of it: an edit of that is an edit of it', async () => {
    await using stack = new AsyncDisposableStack()
    const edited = await copyOf(squashed, stack)
    await using its = await open(anyTarget())
    await upgrade(its.at(edited), { to: 'heads' })
    expect((await current(its.at(edited))).edited).toEqual([])
    const file = join(edited, 'squashed', 'fourth.ts')
    await writeFile(file, (await readFile(file, 'utf8')).replace('toLowerCase', 'toUpperCase'))
    expect((await current(its.at(edited))).edited).toMatchObject([{ id: 'year' }])
    await rm(file)
    await expect(current(its.at(edited))).rejects.toMatchObject({
      code: 'MISSING_PART',
      part: './squashed/fourth.ts',
    })
  })

  test('may be squashed again with what comes after it', async () => {
    await using stack = new AsyncDisposableStack()
    const again = await copyOf(squashed, stack)
    await rm(join(again, 'beside.ts'))
    await rm(join(again, 'after.ts'))
    const next = "export const revision = 'next'\nexport const downRevision = 'fifth'\n"
    await writeFile(
      join(again, 'next.ts'),
      `${next}export function upgrade(op) { op.createTable({ name: 'next', columns: [{ name: 'id', type: 'int' }] }) }`,
    )
    const plain = await copyOf(again, stack)
    const twice = await squash({ migrations: again }, 'base:next', { id: 'years' })
    expect(await readFile(twice.file, 'utf8')).toContain(
      "export const replaces = ['year:first+second+third+fourth+fifth', 'next']",
    )
    const target = anyTarget()
    await using reference = await open(target)
    await upgrade(reference.at(plain))
    for (const [folder, to] of [
      [old, 'third'],
      [old, 'fifth'],
      [plain, 'year'],
      [plain, 'next'],
    ] as const) {
      await using its = await open(target)
      await upgrade(its.at(folder), { to })
      await upgrade(its.at(again))
      expect(await its.catalog()).toEqual(await reference.catalog())
      expect(await its.rows()).toEqual(await reference.rows())
      expect((await current(its.at(again))).current).toMatchObject([{ id: 'years' }])
    }
  })
})

/** What a script checks before it changes anything. */
function guardOf(sql: string): string {
  return sql.split('\n\n').find((part) => part.includes('is not where this script starts')) ?? ''
}

async function copyOf(folder: string, stack: AsyncDisposableStack): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'limbeck-squash-'))
  stack.defer(() => rm(directory, { recursive: true }))
  await cp(folder, join(directory, 'migrations'), { recursive: true })
  return join(directory, 'migrations')
}

/** Where it does not matter which. */
function anyTarget(): Target {
  const [target] = targets
  if (target === undefined) throw new Error('There is no database to test on.')
  return target
}

async function open(target: Target) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await target.open())
  return {
    database,
    at: (migrations: string) => ({ database: database.url, migrations, lint: 'off' as const }),
    catalog: () => catalogText((sql) => database.query(sql)),
    rows: () =>
      database.query(
        'SELECT p.id, p.email, p.feels::text, p.name, n.body FROM people p JOIN notes n ON n.person = p.id ORDER BY p.id',
      ),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
