import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { folder } from '../cli/folder.ts'

const here = import.meta.dirname
const program = join(here, '..', '..', 'src', 'cli', 'bin.ts')
const run = promisify(execFile)

/** The packages are not in Limbeck's own package.json: together they are ten times its size. */
export const isInstalled = existsSync(join(here, 'node_modules'))

// A summary says how many tests were skipped, and not why.
if (!isInstalled) console.warn('Skipped, as the packages are not installed: npm run test:adapters')

/** A project of an ORM's user. */
export type Journey = {
  readonly directory: string
  /** What is printed by the project's commands where DATABASE_URL says this. */
  on(databaseUrl: string): Commands
  read(file: string): Promise<string>
  /** Replaces in a file what is there exactly as it is said. */
  edit(file: string, changes: { readonly [before: string]: string }): Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export type Commands = {
  /** In a process of its own, since the files of an ORM are read only once in one. */
  limbeck(...words: readonly string[]): Promise<string>
  npx(...words: readonly string[]): Promise<string>
  node(...words: readonly string[]): Promise<string>
}

/** A new folder with the project of that name from here, and with the packages. */
export async function journey(orm: string): Promise<Journey> {
  const its = await folder()
  const { directory } = its
  await cp(join(here, orm), directory, { recursive: true })
  await cp(join(here, 'package.json'), join(directory, 'package.json'))
  await symlink(join(here, 'node_modules'), join(directory, 'node_modules'))
  await mkdir(join(directory, 'migrations'))
  return {
    directory,
    on: (databaseUrl) => ({
      limbeck: (...words) => printed(process.execPath, [program, ...words], { directory, databaseUrl }),
      npx: (...words) => printed('npx', words, { directory, databaseUrl }),
      node: (...words) => printed(process.execPath, words, { directory, databaseUrl }),
    }),
    read: its.read,
    async edit(file, changes) {
      const path = join(directory, file)
      const text = Object.entries(changes).reduce(replaced, await readFile(path, 'utf8'))
      await writeFile(path, text)
    },
    [Symbol.asyncDispose]: () => its[Symbol.asyncDispose](),
  }
}

function replaced(text: string, [before, after]: readonly [string, string]): string {
  if (!text.includes(before)) throw new Error(`There is no ${before} in it.`)
  return text.replace(before, () => after)
}

async function printed(
  file: string,
  words: readonly string[],
  { directory, databaseUrl }: { readonly directory: string; readonly databaseUrl: string },
): Promise<string> {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    // Any file: Prisma's query engine would be loaded from the network, and nobody queries here.
    PRISMA_QUERY_ENGINE_LIBRARY: program,
  }
  try {
    return (await run(file, words, { cwd: directory, env })).stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }
    throw new Error(`${file} ${words.join(' ')}\n${stdout}\n${stderr}`, { cause: error })
  }
}
