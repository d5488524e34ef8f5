import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of revisions of a test's own. */
export type TestProject = {
  readonly migrations: string
  /** Writes revisions, or writes them anew; gives the path of the last. */
  readonly write: (...revisions: readonly TestRevision[]) => Promise<string>
  readonly remove: (revision: string) => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** A revision in short: what its functions say, as text, and what its header says besides. */
export type TestRevision = {
  readonly id: string
  readonly down?: string | readonly string[] | null
  readonly header?: string
  readonly upgrade: string
  readonly downgrade?: string
}

/** A folder in which the revisions stand, one file each. */
export async function testProject(...revisions: readonly TestRevision[]): Promise<TestProject> {
  const directory = await mkdtemp(join(tmpdir(), 'limbeck-project-'))
  const migrations = join(directory, 'migrations')
  await mkdir(migrations)
  const path = (revision: string) => join(migrations, `${revision}.ts`)
  const write = async (...files: readonly TestRevision[]) => {
    for (const file of files) await writeFile(path(file.id), revisionText(file))
    return path(files.at(-1)?.id ?? '')
  }
  await write(...revisions)
  return {
    migrations,
    write,
    remove: (revision) => rm(path(revision)),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  }
}

/** The first line of `upgrade` is the sixth of the file. */
function revisionText({ id, down = null, header = '', upgrade, downgrade }: TestRevision): string {
  return `/** The revision ${id}. */
export const revision = '${id}'
export const downRevision = ${JSON.stringify(down)}
${header}
export async function upgrade(op) {
${upgrade}
}
${downgrade === undefined ? '' : `\nexport async function downgrade(op) {\n${downgrade}\n}\n`}`
}
