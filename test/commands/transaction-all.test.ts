import { describe, expect, test } from 'vitest'
import { status, upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { targets } from '../servers/databases.ts'

const first = {
  id: 'first',
  upgrade: "  op.createTable({ name: 'a', columns: [{ name: 'id', type: 'int' }] })",
}
const second = {
  id: 'second',
  down: 'first',
  upgrade: "  op.createTable({ name: 'b', columns: [{ name: 'id', type: 'int' }] })",
}
const broken = { ...second, upgrade: "  op.execute({ sql: 'SELECT nothing' })" }
const concurrent = {
  ...second,
  upgrade: "  op.createIndex({ name: 'a_id', table: 'a', columns: ['id'], concurrently: true })",
}

describe.each(targets)('everything in one transaction on $name', (target) => {
  test('applies all that is pending', async () => {
    await using database = await target.open()
    await using project = await testProject(first, second)
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
    await upgrade(config, { transaction: 'all' })
    const { applied, pending, unfinished } = await status(config)
    expect(applied.map(({ id }) => id)).toEqual(['first', 'second'])
    expect([...pending, ...unfinished]).toEqual([])
  })

  test('applies nothing where one of them fails, and says which statement', async () => {
    await using database = await target.open()
    await using project = await testProject(first, broken)
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
    await expect(upgrade(config, { transaction: 'all' })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      place: { revision: 'second', statement: 'SELECT nothing', position: 8 },
    })
    expect((await status(config)).applied).toEqual([])
  })

  test('ends a revision that failed before on its own', async () => {
    await using database = await target.open()
    await using project = await testProject(first, broken)
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
    await expect(upgrade(config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    await project.write(second)
    await upgrade(config, { transaction: 'all' })
    const { applied, unfinished } = await status(config)
    expect(applied.map(({ id }) => id)).toEqual(['first', 'second'])
    expect(unfinished).toEqual([])
  })

  test('is refused before anything runs where a stage forbids it', async () => {
    await using database = await target.open()
    await using project = await testProject(first, concurrent)
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
    await expect(upgrade(config, { transaction: 'all' })).rejects.toMatchObject({
      code: 'CANNOT_RUN_TOGETHER',
      revision: 'second',
    })
    expect((await status(config)).applied).toEqual([])
  })
})
