import { expect, test } from 'vitest'
import { imported } from './golden.ts'

const journal = (...tags: readonly string[]) =>
  JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: tags.map((tag, idx) => ({
      idx,
      version: '7',
      when: 1709553600123 + idx,
      tag,
      breakpoints: true,
    })),
  })

test('the journal says the order, and breakpoints end statements', async () => {
  await using project = await imported({
    'meta/_journal.json': journal('0000_quiet_moon', '0001_loud_sun'),
    'meta/0000_snapshot.json': '{}',
    '0000_quiet_moon.sql': `CREATE TABLE "users" (
	"id" serial PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "teams" (id int)--> statement-breakpoint
CREATE INDEX "i" ON "users" ("id");`,
    '0001_loud_sun.sql': 'ALTER TABLE "users" ADD COLUMN "name" text;',
    '0002_stray.sql': 'SELECT 1;',
  })
  expect(project.out).toMatchInlineSnapshot(`
    "✓ 0000_quiet_moon migrations/0000_quiet_moon.sql
    ✓ 0001_loud_sun   migrations/0001_loud_sun.sql

    - db/0002_stray.sql is passed over: no entry of the journal is about it.

    2 revisions written into migrations, from Drizzle

    limbeck stamp --from drizzle  for a database in which Drizzle has applied them: nothing is run again
    limbeck upgrade               for an empty one: runs them
    "
  `)
  expect(await project.all()).toMatchInlineSnapshot(`
    "==> migrations/0000_quiet_moon.sql
    -- quiet moon
    -- revision: 0000_quiet_moon
    -- down_revision: none
    -- branch_labels: none
    -- depends_on: none
    -- create_date: 2024-03-04T12:00:00.123Z

    -- upgrade
    CREATE TABLE "users" (
    	"id" serial PRIMARY KEY NOT NULL
    );

    CREATE TABLE "teams" (id int);
    CREATE INDEX "i" ON "users" ("id");

    -- Nothing undoes it: what it was imported from has nothing that does.

    ==> migrations/0001_loud_sun.sql
    -- loud sun
    -- revision: 0001_loud_sun
    -- down_revision: 0000_quiet_moon
    -- branch_labels: none
    -- depends_on: none
    -- create_date: 2024-03-04T12:00:00.124Z

    -- upgrade
    ALTER TABLE "users" ADD COLUMN "name" text;

    -- Nothing undoes it: what it was imported from has nothing that does.
    "
  `)
  expect(await project.limbeck('upgrade')).toMatchObject({ exitCode: 0 })
})

test('the folders of Drizzle 1 have no journal', async () => {
  await using project = await imported({
    '20240131120000_first/migration.sql': 'SELECT 1;',
    '20240131120000_first/snapshot.json': '{}',
  })
  expect(await project.report('show', '20240131120000_first')).toMatchObject([
    { createDate: '2024-01-31T12:00:00Z', message: 'first' },
  ])
})

test('a journal that is none, and a script that is not there, are said', async () => {
  await using project = await imported({ 'meta/_journal.json': journal('0000_lost') })
  expect(project.exitCode).toBe(3)
  expect(project.out).toContain('db/0000_lost.sql: the journal names it, and it is not there.')
  await project.write({ 'broken/meta/_journal.json': '{"entries": [{}]}' })
  expect(await project.limbeck('import', 'sql', 'broken')).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('meta/_journal.json is not a journal as drizzle-kit writes it.'),
  })
})
