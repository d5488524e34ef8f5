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
    return [
      await over('limbeck --help', ['--help'], small, 60),
      await over('limbeck heads, 10 revisions', ['heads'], small, 60),
      await over('limbeck heads, 10,000 revisions', ['heads'], large, 200),
    ]
  } finally {
    for (const directory of [small, large]) rmSync(directory, { recursive: true, force: true })
  }
}

async function over(what: string, words: readonly string[], directory: string, limit: number): Promise<Line> {
  const { first, second } = await inTurn(
    rounds,
    () => timeCommand(process.execPath, [bin, ...words], directory),
    () => timeCommand(process.execPath, ['-e', '0'], directory),
  )
  const more = first - second
  return {
    what,
    measured: `+${more.toFixed(0)} ms`,
    limit: `at most ${limit} ms over bare node`,
    holds: more <= limit,
  }
}

function project(revisions: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  mkdirSync(join(directory, 'migrations'))
  writeFileSync(join(directory, 'limbeck.config.ts'), "export default { migrations: 'migrations' }\n")
  writeChain(join(directory, 'migrations'), revisions)
  return directory
}
