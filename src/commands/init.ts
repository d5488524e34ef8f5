import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { newRevisionId, writeNew, writeRevision } from '../script/write.ts'
import type { Config } from './project.ts'

export type InitOptions = {
  /** The folder for revisions, relative to the project. Default: `migrations`. */
  readonly migrations?: string
  readonly template?: string
}

export type InitReport = { readonly directory: string; readonly written: readonly string[] }

/** Sets up a project: a config file, a folder and a first revision. What is there is never overwritten. */
export async function init(config: Config = {}, options: InitOptions = {}): Promise<InitReport> {
  const directory = resolve(config.directory ?? '.')
  const migrations = options.migrations ?? 'migrations'
  const configFile = join(directory, 'limbeck.config.ts')
  mkdirSync(join(directory, migrations), { recursive: true })
  writeNew(configFile, configText(migrations))
  const first = writeRevision({
    directory: join(directory, migrations),
    template: options.template ?? 'ts',
    revision: {
      id: newRevisionId(),
      message: 'The first revision.',
      downRevisions: [],
      branchLabels: [],
      dependsOn: [],
      phase: null,
      createDate: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  })
  const ignored = ignoreEmbeddedDatabase(directory)
  return { directory, written: [configFile, first, ...ignored] }
}

function configText(migrations: string): string {
  return `import type { Config } from 'limbeck'

export default {
  migrations: '${migrations}',
  // With no database named here, on the command line or in DATABASE_URL, it is an embedded one in .limbeck/.
  // database: 'postgres://user@localhost:5432/name',
  // Which schema there is to be, for "limbeck revision --autogenerate": a file or folder of SQL, or { command: 'npx drizzle-kit export' }.
  // schema: 'schema.sql',
} satisfies Config
`
}

/** The embedded database is no source; where git is used, it should not see it. */
function ignoreEmbeddedDatabase(directory: string): readonly string[] {
  if (!existsSync(join(directory, '.git'))) return []
  const file = join(directory, '.gitignore')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (/^\/?\.limbeck\/?$/m.test(text)) return []
  writeFileSync(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}.limbeck/\n`)
  return [file]
}
