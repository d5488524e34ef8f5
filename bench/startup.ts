import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inTurn, type Line, timeCommand } from './measure.ts'
import { writeChain } from './revision-files.ts'

const bin = join(import.meta.dirname, '..', 'dist', 'cli', 'bin.js')
const rounds = 15

/** What a command costs before it does anything, over a node that runs nothing. */
export async function startupLines(): Promise<readonly Line[]> {
  const small = project(10)
  const large = project(10_000)
  try {
    const reading = await overNode(['-e', readAll], large)
    const read = `, of which node needs ${reading.toFixed(0)} ms to read the files`
    return [
      await over('limbeck --help', ['--help'], small, { limit: 60 }),
      await over('limbeck heads, 10 revisions', ['heads'], small, { limit: 60 }),
      await over('limbeck heads, 10,000 revisions', ['heads'], large, { limit: 200, beside: read }),
    ]
  } finally {
    for (const directory of [small, large]) rmSync(directory, { recursive: true, force: true })
  }
}

async function over(
  what: string,
  words: readonly string[],
  directory: string,
  { limit, beside = '' }: { readonly limit: number; readonly beside?: string },
): Promise<Line> {
  const more = await overNode([bin, ...words], directory)
  return {
    what,
    measured: `+${more.toFixed(0)} ms`,
    limit: `at most ${limit} ms over bare node${beside}`,
    holds: more <= limit,
  }
}

/** How many milliseconds more node takes than where it runs nothing. */
async function overNode(words: readonly string[], directory: string): Promise<number> {
  const { first, second } = await inTurn(
    rounds,
    () => timeCommand(process.execPath, words, directory),
    () => timeCommand(process.execPath, ['-e', '0'], directory),
  )
  return first - second
}

/** What nobody who reads the files can do without: it tells a slow machine from a slow program. */
const readAll =
  "const fs = require('node:fs'); for (const name of fs.readdirSync('migrations')) fs.readFileSync('migrations/' + name, 'utf8')"

function project(revisions: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  mkdirSync(join(directory, 'migrations'))
  writeFileSync(join(directory, 'limbeck.config.ts'), "export default { migrations: 'migrations' }\n")
  writeChain(join(directory, 'migrations'), revisions)
  return directory
}
