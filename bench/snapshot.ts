import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { changeBetween } from '../src/autogenerate/directives.ts'
import { readSnapshot } from '../src/catalog/read-snapshot.ts'
import { connect } from '../src/connection/connect.ts'
import { startServer } from '../test/servers/server.ts'
import { type Line, median } from './measure.ts'

const many = 2000
const rounds = 5

/** A large schema read whole, against pg_dump on the same server, and compared with itself. pg_dump takes no server newer than itself. */
export async function snapshotLines(): Promise<readonly Line[]> {
  const dumped = pgDumpMajor()
  if (dumped === null || dumped < 13) return []
  await using server = await startServer(13)
  const url = server.url('postgres')
  const connection = await connect(url)
  await connection.run(tables(many))
  // As autovacuum does with the catalogs of a database that has been there for a minute.
  await connection.run('ANALYZE')
  const reading: number[] = []
  const dumping: number[] = []
  const comparing: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    const snapshot = await readSnapshot(connection)
    const read = performance.now()
    if (changeBetween(snapshot, snapshot).directives.length > 0)
      throw new Error('A schema differs from itself.')
    comparing.push(performance.now() - read)
    reading.push(read - began)
    const dumpBegan = performance.now()
    await promisify(execFile)('pg_dump', ['--schema-only', url], { maxBuffer: 1024 ** 3 })
    dumping.push(performance.now() - dumpBegan)
  }
  await connection.close()
  const ratio = median(reading) / median(dumping)
  return [
    {
      what: `a snapshot of ${many} tables, against pg_dump --schema-only`,
      measured: ratio.toFixed(2),
      limit: `at most 1.50 times pg_dump, which takes ${Math.round(median(dumping))} ms`,
      holds: ratio <= 1.5,
    },
    {
      what: 'its difference with itself',
      measured: `${Math.round(median(comparing))} ms`,
      limit: 'at most 1000 ms',
      holds: median(comparing) <= 1000,
    },
  ]
}

function pgDumpMajor(): number | null {
  try {
    const said = execFileSync('pg_dump', ['--version'], { encoding: 'utf8' })
    return Number(said.match(/(\d+)\.\d+/)?.[1] ?? 0)
  } catch {
    return null
  }
}

/** So many tables of fifteen columns each, with a key, two indexes, a foreign key to the table before. */
export function tables(many: number): string {
  const columns = Array.from(
    { length: 13 },
    (_, n) => `c${n} ${['text', 'integer', 'timestamptz'][n % 3]} ${n % 2 === 0 ? 'NOT NULL' : ''}`,
  )
  return Array.from(
    { length: many },
    (_, n) => `CREATE TABLE t${n} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      parent bigint REFERENCES t${Math.max(0, n - 1)}, ${columns.join(', ')});
      CREATE INDEX t${n}_parent_idx ON t${n} (parent); CREATE INDEX t${n}_c1_idx ON t${n} (c1, c2);`,
  ).join('\n')
}
