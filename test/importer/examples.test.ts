import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importAlembic } from '../../src/commands/import-alembic.ts'
import { downgrade, upgrade } from '../../src/index.ts'
import { folder } from '../cli/folder.ts'
import { isWhole, servers, type Target, targets } from '../servers/databases.ts'
import { databaseText } from './database-text.ts'
import { exampleNames, examplesDirectory } from './examples.ts'

const asked = isWhole ? targets : [...servers().slice(-1), ...targets.slice(-1)]

/** What an example has is printed otherwise by the majors before: a view's columns were written with their table until 16. */
const printedSince: { readonly [name: string]: number } = { 'alembic-utils': 16 }

/** Each is run on one target, every twelfth on PGlite, where it takes four seconds; on every target where all are asked. */
function namesOn({ kind, major }: Target): readonly string[] {
  const isAsked = (n: number) => isWhole || (n % 12 === 0) === (kind === 'pglite')
  return exampleNames().filter((name, n) => isAsked(n) && (printedSince[name] ?? 0) <= major)
}

describe.each(asked)('on $name', (target) => {
  test.each(namesOn(target))('%s: the schema and rows are those that Alembic makes', async (name) => {
    const example = join(examplesDirectory, name)
    await using project = await folder()
    await using database = await target.open()
    const config = { directory: project.directory, database: database.url, lint: 'off' as const }
    const report = await importAlembic(config, { path: example })
    expect(report.notConverted).toEqual([])
    await upgrade(config, { to: 'heads' })
    expect(await databaseText(database)).toBe(readFileSync(join(example, 'upgraded.sql'), 'utf8'))
    const downgraded = join(example, 'downgraded.sql')
    if (!existsSync(downgraded)) return
    await downgrade(config, { to: 'base', acceptLoss: true })
    expect(await databaseText(database)).toBe(readFileSync(downgraded, 'utf8'))
  })
})
