import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { servers } from '../servers/databases.ts'
import { isInstalled, journey } from './journey.ts'

const run = promisify(execFile)
const tsc = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'tsc')

test.skipIf(!isInstalled)(
  'the type of a database compiles with Kysely, and says what node-postgres reads',
  async () => {
    const server = servers().at(-1)
    if (server === undefined) throw new Error('There is no server.')
    await using database = await server.open()
    await using its = await journey('kysely')
    const commands = its.on(database.url)
    await commands.limbeck('revision', '--autogenerate', '-m', 'all')
    await commands.limbeck('upgrade')
    await writeFile(
      join(its.directory, 'database.ts'),
      await commands.limbeck('types', 'head', '--format', 'kysely'),
    )

    expect((await run(tsc, ['--project', its.directory]).catch((error) => error)).stdout).toBe('')
    expect(await commands.node('queries.ts')).toBe('done\n')

    const keys = (code: string) => [...code.matchAll(/^ {2,4}"?([\w. ]+)"?\??: /gm)].map(([, name]) => name)
    const ofCodegen = await commands.npx('kysely-codegen', '--print', '--exclude-pattern', 'limbeck.*')
    const ours = await its.read('database.ts')
    for (const name of keys(ofCodegen.slice(ofCodegen.indexOf('export interface'))))
      expect(keys(ours), name).toContain(name)
  },
  600_000,
)
