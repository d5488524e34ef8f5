import { expect, test } from 'vitest'
import { plan } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { targets } from '../servers/databases.ts'

test('a plan says what could not be undone, and why', async () => {
  const [target] = targets
  if (target === undefined) throw new Error('There is no database to plan for.')
  await using database = await target.open()
  await using project = await testProject(
    { id: 'made', upgrade: "  op.createTable({ name: 't', columns: [{ name: 'a', type: 'int' }] })" },
    { id: 'gone', down: 'made', upgrade: "  op.dropColumn({ table: 't', name: 'a' })" },
    { id: 'declared', down: 'gone', header: "export const irreversible = 'the mails are sent'", upgrade: '' },
    {
      id: 'written',
      down: 'declared',
      upgrade: "  op.execute({ sql: 'SELECT 1' })",
      downgrade: "  op.execute({ sql: 'SELECT 2' })",
    },
    { id: 'read', down: 'written', upgrade: "  await op.query('SELECT 1')" },
  )
  const { revisions } = await plan({
    database: database.url,
    lint: 'off' as const,
    migrations: project.migrations,
  })
  expect(revisions.map(({ id, irreversible }) => [id, irreversible])).toEqual([
    ['made', null],
    ['gone', 'Nothing says what the column t.a was: give "was" to dropColumn. (line 6)'],
    ['declared', 'the mails are sent'],
    ['written', null],
    ['read', 'its upgrade reads the database, so its downgrade cannot be derived.'],
  ])
})
