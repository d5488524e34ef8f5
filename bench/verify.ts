import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Line, timeCommand } from './measure.ts'
import { writeChain, writeStory } from './revision-files.ts'

const bin = join(import.meta.dirname, '..', 'dist', 'cli', 'bin.js')
const revisions = 100

/** `limbeck verify` on a hundred revisions, of two sorts: the first time, without lint and with it, and once more when one has been added. */
export async function verifyLines(): Promise<readonly Line[]> {
  return [
    ...(await linesOf(`${revisions} trivial revisions`, writeChain)),
    ...(await linesOf(`${revisions} revisions as a team writes them`, writeStory)),
  ]
}

async function linesOf(
  what: string,
  write: (directory: string, count: number) => void,
): Promise<readonly Line[]> {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  // Nothing of an earlier run is known.
  const env = { XDG_CACHE_HOME: join(directory, 'cache') }
  const verify = () => timeCommand(process.execPath, [bin, 'verify'], directory, env)
  try {
    const migrations = join(directory, 'migrations')
    mkdirSync(migrations)
    writeFileSync(join(directory, 'limbeck.config.ts'), "export default { lint: 'off' }\n")
    write(migrations, revisions)
    const first = await verify()
    rmSync(join(directory, 'limbeck.config.ts'))
    const linted = await verify()
    write(migrations, revisions + 1)
    const again = await verify()
    return [
      line(`verify of ${what}, the first time, without lint`, first, 5_000),
      line('what lint has to say of them, the first time', linted, 5_000),
      line('the same with one more', again, 3_000),
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function line(what: string, took: number, limit: number): Line {
  return {
    what,
    measured: `${Math.round(took)} ms`,
    limit: `at most ${limit} ms, the start of node and of PostgreSQL included`,
    holds: took <= limit,
  }
}
