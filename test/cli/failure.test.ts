import { expect, test } from 'vitest'
import { chain, revisionText } from './folder.ts'
import { sample, sampleRevisions } from './sample.ts'

test('a failing statement is shown with its line, its SQL, the place in it, SQLSTATE and a hint', async () => {
  expect(
    await failureOf(`  op.createTable({ name: 'accounts', columns: [{ name: 'id', type: 'int' }] })
  op.execute({
    sql: \`UPDATE accounts
SET id = id + 1
WHERE idd > 5\`,
    inverse: null,
  })`),
  ).toBe(`error  ./migrations/failing.ts:10: failing, stage 1 (execute UPDATE accounts): column "idd" does not exist
       SQLSTATE 42703

    UPDATE accounts
    SET id = id + 1
    WHERE idd > 5
          ^

hint   Perhaps you meant to reference the column "accounts.id".
`)
})

test.each([
  { name: 'characters that are wide', sql: "SELECT '🙂漢' AS faces, missing", caret: `${' '.repeat(24)}^` },
  { name: 'tabs', sql: "SELECT 'a\tb',\tmissing", caret: `${' '.repeat(9)}\t   \t^` },
])('the caret stands under the place behind $name', async ({ sql, caret }) => {
  const failure = await failureOf(`  op.execute({ sql: ${JSON.stringify(sql)}, inverse: null })`)
  expect(failure).toContain(`\n    ${sql}\n    ${caret}\n`)
})

test('a violated constraint is shown with PostgreSQL’s detail', async () => {
  expect(
    await failureOf(`  op.createTable({ name: 'accounts', columns: [{ name: 'id', type: 'int', primaryKey: true }] })
  op.bulkInsert({ table: 'accounts', rows: [{ id: 1 }, { id: 1 }], key: ['id'] })`),
  ).toBe(`error  ./migrations/failing.ts:10: failing, stage 1 (insert 2 rows into accounts): duplicate key value violates unique constraint "accounts_pkey"
       Key (id)=(1) already exists.
       SQLSTATE 23505

    INSERT INTO "accounts" ("id") SELECT "id" FROM json_populate_recordset(NULL::"accounts", '[{"id":1},{"id":1}]')

hint   Mend the cause and run the command again: what is done stays done, and it goes on from there.
`)
})

test('an error inside a function says where in it', async () => {
  expect(
    await failureOf('  op.execute({ sql: `DO $$ BEGIN PERFORM 1 / 0; END $$`, inverse: null })'),
  ).toContain(`division by zero
       SQLSTATE 22012, SQL statement "SELECT 1 / 0"
PL/pgSQL function inline_code_block line 1 at PERFORM`)
})

test('in a .sql file the line is that of the statement itself', async () => {
  await using project = await sample({
    'migrations/failing.sql': `-- Two statements.
-- revision: failing
-- down_revision: none

-- upgrade
CREATE TABLE accounts (id int);

INSERT INTO accounts
VALUES ('one');
`,
  })
  const { exitCode, err } = await project.limbeck('upgrade', '--quiet')
  expect(exitCode).toBe(1)
  expect(
    err.replaceAll(project.directory, '.'),
  ).toBe(`error  ./migrations/failing.sql:8: failing, stage 1 (INSERT INTO accounts): invalid input syntax for type integer: "one"
       SQLSTATE 22P02

    INSERT INTO accounts
    VALUES ('one')
            ^

hint   Mend the cause and run the command again: what is done stays done, and it goes on from there.
`)
})

test('an operation that there is not is refused with its line and the one that was meant', async () => {
  expect(
    await failureOf("  op.createTabel({ name: 'accounts' })"),
  ).toBe(`error  ./migrations/failing.ts:9: There is no operation createTabel.

hint   See docs/reference/operations.md in the package for all there are. Did you mean createTable?
`)
})

test('an error in the revision’s own code is shown with its line, and is no bug of Limbeck', async () => {
  expect(
    await failureOf('  null.length'),
  ).toBe(`error  ./migrations/failing.ts:9: failing threw TypeError: Cannot read properties of null (reading 'length')

hint   Mend the file and run the command again: what is done stays done, and it goes on from there.
`)
  const afterReading = "  const [row] = await op.query('SELECT 1 AS one')\n  row.two.toString()"
  expect(await failureOf(afterReading)).toContain(
    './migrations/failing.ts:10: failing threw TypeError: Cannot read',
  )
})

test('with --json it is data: code, place and what the server said', async () => {
  await using project = await sample(
    chain({ failing: { upgrade: "  op.execute({ sql: 'SELECT nothing', inverse: null })" } }),
  )
  const { out } = await project.limbeck('upgrade', '--json')
  expect(JSON.parse(out)).toMatchObject({
    error: {
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('column "nothing" does not exist'),
      hint: expect.any(String),
      place: {
        revision: 'failing',
        direction: 'upgrade',
        stage: 1,
        line: 9,
        statement: 'SELECT nothing',
        position: 8,
      },
      server: { sqlState: '42703', severity: 'ERROR' },
    },
  })
})

test('status shows what failed and where it goes on, and upgrade goes on there when it is mended', async () => {
  const stages = (sql: string) =>
    revisionText('staged', {
      down: 'default_nickname',
      upgrade: `  op.createIndex({ name: 'users_nickname_idx', table: 'users', columns: ['nickname'], concurrently: true })
  op.execute({ sql: '${sql}', inverse: null })`,
    })
  await using project = await sample({ ...sampleRevisions, 'migrations/staged.ts': stages('SELECT 1 / 0') })
  expect((await project.limbeck('upgrade')).exitCode).toBe(1)
  const { out } = await project.limbeck('status')
  expect(out).toMatch(/^failed {2}upgrade of staged, begun \S+, 1 attempt$/m)
  expect(out).toContain('    ✓ 1 create index users_nickname_idx on users\n')
  expect(out).toContain(
    '    ✗ 2 execute SELECT 1 / 0\n      division by zero\n    "limbeck upgrade" goes on from there',
  )

  await project.write({ 'migrations/staged.ts': stages('SELECT 1') })
  const again = await project.limbeck('upgrade')
  expect(again).toMatchObject({
    exitCode: 0,
    err: expect.stringContaining('staged (goes on where it stopped)'),
  })
  expect(again.err).toMatch(/✓ create index users_nickname_idx on users +done before/)
})

test('status shows an error at the stage that failed, and not at one that failed in an earlier attempt', async () => {
  const staged = (...lines: readonly string[]) =>
    revisionText('staged', { down: 'default_nickname', upgrade: lines.join('\n') })
  const concurrently =
    "  op.createIndex({ name: 'nicknames', table: 'users', columns: ['nickname'], unique: true, concurrently: true })"
  const fails = "  op.execute({ sql: 'SELECT 1 / 0', inverse: null })"
  await using project = await sample({
    ...sampleRevisions,
    'migrations/staged.ts': staged(concurrently, fails),
  })
  await project.report('upgrade', 'default_nickname')
  await project.database.query("INSERT INTO users VALUES (1, 'ann'), (2, 'ann')")
  expect(await project.limbeck('upgrade')).toMatchObject({ exitCode: 1 })
  const before = (await project.limbeck('status')).out
  expect(before).toMatch(/ {4}✗ 1 create index nicknames on users\n {6}could not create unique index/)

  await project.write({ 'migrations/staged.ts': staged(fails, concurrently) })
  expect(await project.limbeck('upgrade')).toMatchObject({ exitCode: 1 })
  const edited = (await project.limbeck('status')).out
  expect(edited).toContain(
    '    ✗ 1 execute SELECT 1 / 0  (begun as: create index nicknames on users)\n      division by zero\n    "limbeck',
  )
  expect(edited).not.toContain('could not create')

  await project.write({
    'migrations/staged.ts': staged(concurrently, fails),
    'hooked.config.ts': `export default {
  database: ${JSON.stringify(project.database.url)},
  hooks: { beforeStage() { throw new Error('not today') } },
}`,
  })
  expect(await project.limbeck('upgrade', '--config', 'hooked.config.ts')).toMatchObject({ exitCode: 1 })
  expect((await project.limbeck('status')).out).toContain(
    '    · 1 create index nicknames on users\n    The hook beforeStage failed at staged: not today\n',
  )
})

/** What a person is told when a revision with this body fails; the project's folder is shown as `.`. */
async function failureOf(upgrade: string): Promise<string> {
  await using project = await sample(chain({ failing: { upgrade } }))
  const { exitCode, err } = await project.limbeck('upgrade', '--quiet')
  expect(exitCode).toBe(1)
  return err.replaceAll(project.directory, '.')
}
