import { prisma as prismaTool } from '../../takeover/prisma.ts'
import { revisionIdOf } from '../../takeover/revision-id.ts'
import { dateOf, messageOf, sortedBy } from './file-name.ts'
import type { ForeignMigration, SourceFile, SqlFormat } from './format.ts'
import { wholeFile, wholeFileIfAny } from './whole-file.ts'

const script = /^([^/]+)\/migration\.sql$/
const lockFile = 'migration_lock.toml'

/** A folder a migration, with `migration.sql` in it; where somebody has put a `down.sql` beside it, that undoes it. */
export const prisma: SqlFormat = {
  tool: prismaTool,
  detect: (files) =>
    files.some(({ path }) => path === lockFile) ||
    (files.some(({ path }) => script.test(path)) &&
      !files.some(({ path }) => path.endsWith('/snapshot.json'))),
  read(files) {
    const provider = providerOf(files.find(({ path }) => path === lockFile))
    const scripts = sortedBy(
      files.filter(({ path }) => script.test(path)),
      ({ path }) => path,
    )
    const downs = new Map(
      files.filter(({ path }) => path.endsWith('/down.sql')).map((file) => [file.path, file]),
    )
    return {
      migrations: scripts.map((file) => migrationOf(file, { downs, provider })),
      passedOver: files
        .filter((file) => file.path.endsWith('.sql') && !scripts.includes(file) && !downs.has(file.path))
        .map(({ path }) => ({ file: path, line: null, reason: 'its name is not NAME/migration.sql.' })),
    }
  },
}

/** The database for which the migrations were made, as Prisma notes it. */
function providerOf(lock: SourceFile | undefined): string | null {
  return /^\s*provider\s*=\s*"([^"]*)"/m.exec(lock?.text ?? '')?.[1] ?? null
}

function migrationOf(
  file: SourceFile,
  { downs, provider }: { readonly downs: ReadonlyMap<string, SourceFile>; readonly provider: string | null },
): ForeignMigration {
  const name = script.exec(file.path)?.[1] ?? ''
  const [, number = '', words = ''] = /^(\d+)_?(.*)$/.exec(name) ?? [name, '', name]
  const isForPostgres = provider === null || provider === 'postgresql' || provider === 'postgres'
  return {
    id: revisionIdOf(name),
    fileName: name,
    message: messageOf(words) || name,
    createDate: dateOf(number),
    upgrade: isForPostgres
      ? wholeFile(file)
      : { file: file.path, line: null, reason: `it is for ${provider}, as ${lockFile} says.` },
    downgrade: wholeFileIfAny(downs.get(`${name}/down.sql`)),
  }
}
