import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MigrationFailed, upgrade } from '../../src/index.ts'
import { targets } from '../servers/databases.ts'
import { type TestRevision, testProject } from './project.ts'

const table = (id: string, down: string | null = null): TestRevision => ({
  id,
  down,
  upgrade: `  op.createTable({ name: '${id}', columns: [{ name: 'id', type: 'int' }] })`,
})

// The five probes that tell migration tools apart: what each of them does is in no tool's documentation.
describe.each(targets)('on $name', (target) => {
  const open = async (...revisions: readonly TestRevision[]) => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await target.open())
    const project = stack.use(await testProject(...revisions))
    return {
      project,
      config: { database: database.url, lint: 'off' as const, migrations: project.migrations },
      /** The revisions that the ledger has, in the order in which they were applied. */
      async applied() {
        const rows = await database.query<{ id: string }>('SELECT id FROM limbeck.revision ORDER BY run')
        return rows.map(({ id }) => id)
      },
      query: database.query,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  }

  test('two runners on a fresh database both succeed, and each revision runs once', async () => {
    await using made = await open(table('a'), table('b', 'a'), table('c', 'b'))
    const reports = await Promise.all([upgrade(made.config), upgrade(made.config)])
    expect(reports.flatMap(({ applied }) => applied.map(({ id }) => id))).toEqual(['a', 'b', 'c'])
    expect(await made.applied()).toEqual(['a', 'b', 'c'])
  })

  test('a revision that is put below an applied one is applied, and the edited one is named', async () => {
    await using made = await open(table('a'), table('c', 'a'))
    await upgrade(made.config)
    const file = await made.project.write(table('b', 'a'), table('c', 'b'))
    const report = await upgrade(made.config)
    expect(report.applied.map(({ id }) => id)).toEqual(['b'])
    expect(report.edited).toEqual([{ id: 'c', file }])
    expect(await made.applied()).toEqual(['a', 'c', 'b'])
  })

  test('an older revision on a branch of its own is never passed over silently', async () => {
    await using made = await open(table('a'), table('c', 'a'))
    await upgrade(made.config)
    await made.project.write(table('b', 'a'))
    await expect(upgrade(made.config)).rejects.toThrow('2 heads')
    const { applied } = await upgrade(made.config, { to: 'heads' })
    expect(applied.map(({ id }) => id)).toEqual(['b'])
  })

  test('an applied file that was edited is named, and nothing is run again', async () => {
    await using made = await open(table('a'))
    const file = await made.project.write(table('b', 'a'))
    await upgrade(made.config)
    await appendFile(file, '\n// An afterthought.\n')
    const report = await upgrade(made.config)
    expect(report).toMatchObject({ applied: [], edited: [{ id: 'b', file }] })
  })

  test('where the eighth of twelve fails, seven are kept and the place is told; mended, all twelve are applied', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `r${n + 1}`)
    const revisions = ids.map((id, n) => table(id, ids[n - 1] ?? null))
    const eighth = revisions[7] ?? table('r8', 'r7')
    await using made = await open(...revisions)
    const file = await made.project.write({
      ...eighth,
      upgrade: `${eighth.upgrade}\n  op.execute({ sql: 'SELECT id, missing FROM r7' })`,
    })
    const error = await upgrade(made.config).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(MigrationFailed)
    expect(error).toMatchObject({
      place: { revision: 'r8', file, line: 7, statement: 'SELECT id, missing FROM r7', position: 12 },
      message: `${file}:7: r8, stage 1 (execute SELECT id, missing FROM r7): column "missing" does not exist`,
    })
    expect(await made.applied()).toEqual(ids.slice(0, 7))
    expect(await made.query("SELECT to_regclass('r8') AS eighth")).toEqual([{ eighth: null }])
    await made.project.write(eighth)
    await upgrade(made.config)
    expect(await made.applied()).toEqual(ids)
  })

  test('a concurrent index in a plain revision is built, from TypeScript and from SQL', async () => {
    await using made = await open(table('a'), {
      id: 'b',
      down: 'a',
      upgrade: "  op.execute({ sql: 'CREATE INDEX CONCURRENTLY a_one ON a (id)' })",
    })
    await writeFile(
      join(made.project.migrations, 'c.sql'),
      `-- revision: c
-- down_revision: b
-- upgrade
ALTER TABLE a ADD COLUMN name text;
CREATE INDEX CONCURRENTLY a_two ON a (name);
INSERT INTO a VALUES (1, 'one');
`,
    )
    await upgrade(made.config)
    const valid = await made.query(
      "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = 'a'::regclass AND indisvalid ORDER BY 1",
    )
    expect(valid).toEqual([{ name: 'a_one' }, { name: 'a_two' }])
  })
})
