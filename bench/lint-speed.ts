import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Line, median, timeCommand } from './measure.ts'
import { tables } from './snapshot.ts'

const bin = join(import.meta.dirname, '..', 'dist', 'cli', 'bin.js')
const rounds = 5
/** Revisions that are linted in one command beyond the first. */
const more = 10

/**
 * `limbeck lint` of revisions on a schema of 20 tables, from the command line on. Nothing that was seen of them is known each time: the column has another name.
 * What one more costs on a shadow that is warm is the difference between eleven and one.
 */
export async function lintLines(): Promise<readonly Line[]> {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  const migrations = join(directory, 'migrations')
  let last = 0
  const lint = async (count: number) => {
    for (let n = 1; n <= more + 1; n++)
      write(migrations, n, `ALTER TABLE t${n} ADD c${++last} text NOT NULL DEFAULT 'x'`)
    return timeCommand(
      process.execPath,
      [bin, 'lint', count === 1 ? 'r1' : `r1:r${count}`, '--fail-on', 'never'],
      directory,
    )
  }
  try {
    mkdirSync(migrations)
    writeFileSync(join(directory, 'limbeck.config.ts'), 'export default {}\n')
    const cold: number[] = []
    for (let round = 0; round < 2; round++) {
      // Another schema is one that nobody has made before.
      write(migrations, 0, `${tables(20)} CREATE TABLE made_in_round_${round}_${Date.now()} ()`)
      cold.push(await lint(1))
    }
    const [one, eleven]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      one.push(await lint(1))
      eleven.push(await lint(more + 1))
    }
    const each = (median(eleven) - median(one)) / more
    return [
      line(
        'lint: a shadow with 20 tables that was never made, and sample rows',
        Math.min(...cold) - each,
        3_000,
      ),
      line('lint: a traced migration once the shadow is warm', each, 1_000),
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function write(migrations: string, n: number, sql: string): void {
  const down = n === 0 ? 'null' : `'r${n - 1}'`
  const text = `export const revision = 'r${n}'
export const downRevision = ${down}

export function upgrade(op) {
  op.execute({ sql: ${JSON.stringify(sql)}, inverse: null })
}
`
  writeFileSync(join(migrations, `r${n}.ts`), text)
}

function line(what: string, took: number, limit: number): Line {
  return { what, measured: `${Math.round(took)} ms`, limit: `under ${limit} ms`, holds: took < limit }
}
