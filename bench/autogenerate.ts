import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Line, median, timeCommand } from './measure.ts'
import { tables } from './snapshot.ts'

const bin = join(import.meta.dirname, '..', 'dist', 'cli', 'bin.js')
const rounds = 7
/** Milliseconds of the whole command. */
const limit = 1500

/**
 * `limbeck revision --autogenerate` on 50 tables: the revisions have been run before, on this machine; the declared schema is another one each time, or
 * none of both has changed.
 */
export async function autogenerateLines(): Promise<readonly Line[]> {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  const declare = (column: string) =>
    writeFileSync(join(directory, 'schema.sql'), `${tables(50)} ALTER TABLE t49 ADD ${column} integer;`)
  const generate = (message: string) =>
    timeCommand(process.execPath, [bin, 'revision', '--autogenerate', '-m', message], directory)
  try {
    mkdirSync(join(directory, 'migrations'))
    writeFileSync(join(directory, 'limbeck.config.ts'), "export default { schema: 'schema.sql' }\n")
    declare('first')
    await generate('first')
    const changed: number[] = []
    // The first one runs the revision that the one before has written.
    for (let round = 0; round <= rounds; round++) {
      declare(`first integer, ADD another${round}`)
      const took = await generate('another')
      if (round > 0) changed.push(took)
      for (const file of globSync('migrations/*another*', { cwd: directory })) rmSync(join(directory, file))
    }
    declare('first')
    const same: number[] = []
    for (let round = 0; round < rounds; round++) same.push(await generate('same'))
    return [
      line('autogenerate of 50 tables, the schema changed', median(changed.slice(1))),
      line('autogenerate of 50 tables, nothing changed', median(same.slice(1))),
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function line(what: string, took: number): Line {
  return {
    what,
    measured: `${Math.round(took)} ms`,
    limit: `at most ${limit} ms, the start of node and of PostgreSQL included`,
    holds: took <= limit,
  }
}
