import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Server } from '../test/servers/server.ts'
import { type Line, median, timeCommand } from './measure.ts'
import { freshDatabase } from './revisions.ts'
import { tables } from './snapshot.ts'

const bin = join(import.meta.dirname, '..', 'dist', 'cli', 'bin.js')
const rounds = 7
/** Milliseconds that an upgrade may take longer than one that does not look. */
const limit = 1000

/**
 * What `limbeck upgrade` takes longer for looking at a revision of raw SQL before it runs, on a schema of 20 tables that was looked at before. The revision is another one
 * each time, so that nothing that was seen of it is known.
 */
export async function gateLines(server: Server): Promise<readonly Line[]> {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  const migrations = join(directory, 'migrations')
  const database = await freshDatabase(server, 'bench_gate')
  const limbeck = (...words: readonly string[]) =>
    timeCommand(process.execPath, [bin, ...words, '--database-url', database], directory)
  let last = 0
  const upgrade = async (lint: 'refuse' | 'off') => {
    writeFileSync(join(directory, 'limbeck.config.ts'), `export default { lint: '${lint}' }\n`)
    writeFileSync(
      join(migrations, 'r1.sql'),
      `-- revision: r1\n-- down_revision: r0\n\n-- upgrade\nALTER TABLE t1 ADD d${++last} varchar(10);\nALTER TABLE t1 ALTER d${last} TYPE varchar(20);\n\n-- downgrade\nALTER TABLE t1 DROP d${last};\n`,
    )
    const took = await limbeck('upgrade')
    await limbeck('downgrade', '-1')
    return took
  }
  try {
    mkdirSync(migrations)
    writeFileSync(
      join(migrations, 'r0.sql'),
      `-- revision: r0\n-- down_revision: none\n\n-- upgrade\n${tables(20)}\n`,
    )
    await upgrade('refuse')
    const [looking, not]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      looking.push(await upgrade('refuse'))
      not.push(await upgrade('off'))
    }
    const took = median(looking) - median(not)
    return [
      {
        what: 'what an upgrade looks at before it runs, on a schema that is warm',
        measured: `+${Math.round(took)} ms`,
        limit: `at most ${limit} ms more than ${Math.round(median(not))} ms without`,
        holds: took <= limit,
      },
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
