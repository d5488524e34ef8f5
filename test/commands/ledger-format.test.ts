import { expect, test } from 'vitest'
import { ensureVersion, status, upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers } from '../servers/databases.ts'

test.each(servers())('an older Limbeck leaves the ledger of a newer one alone on $name', async (server) => {
  await using database = await server.open()
  await using project = await testProject({
    id: 'first',
    upgrade: "  op.execute({ sql: 'SELECT 1', inverse: null })",
  })
  const config = { migrations: project.migrations, database: database.url }
  await ensureVersion(config)
  await database.query('UPDATE limbeck.format SET version = 1000')
  await expect(status(config)).rejects.toMatchObject({ code: 'LEDGER_TOO_NEW', found: 1000 })
  await expect(upgrade(config)).rejects.toMatchObject({ code: 'LEDGER_TOO_NEW' })
  expect(await database.query('SELECT count(*)::int AS runs FROM limbeck.run')).toEqual([{ runs: 0 }])
})
