import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importAlembic } from '../../src/commands/import-alembic.ts'
import { downgrade, upgrade } from '../../src/index.ts'
import { folder } from '../cli/folder.ts'
import { oneTarget } from '../servers/databases.ts'
import { databaseText } from './database-text.ts'
import { exampleNames, examplesDirectory } from './examples.ts'

describe.each(oneTarget)('on $name', (target) => {
  test.each(exampleNames())('%s: the schema and rows are those that Alembic makes', async (name) => {
    const example = join(examplesDirectory, name)
    await using project = await folder()
    await using database = await target.open()
    const config = { directory: project.directory, database: database.url, lint: 'off' as const }
    const report = await importAlembic(config, { path: example })
    expect(report.notConverted).toEqual([])
    await upgrade(config, { to: 'heads' })
    expect(await databaseText(database.url)).toBe(readFileSync(join(example, 'upgraded.sql'), 'utf8'))
    const downgraded = join(example, 'downgraded.sql')
    if (!existsSync(downgraded)) return
    await downgrade(config, { to: 'base', acceptLoss: true })
    expect(await databaseText(database.url)).toBe(readFileSync(downgraded, 'utf8'))
  })
})
