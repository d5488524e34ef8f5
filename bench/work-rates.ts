/**
 * Megabytes of a table that PostgreSQL gets through in a second, by what it does with them: what `src/lint/work-rates.ts` is rounded down from. `node bench/work-rates.ts`. With
 * fsync on and the settings that PostgreSQL comes with; a table of a primary key, a text and a number, larger than shared_buffers.
 */
import { connect } from '../test/lint/trace/session.ts'
import { startServer } from '../test/servers/server.ts'

const megabytes = 400
const works = [
  ['scan', 'ALTER TABLE big ADD CONSTRAINT c CHECK (n >= 0)', 'ALTER TABLE big DROP CONSTRAINT c'],
  ['index', 'CREATE INDEX i ON big (n)', 'DROP INDEX i'],
  ['index', 'CREATE INDEX i ON big (t)', 'DROP INDEX i'],
  ['rewrite', 'ALTER TABLE big ALTER n TYPE bigint', 'ALTER TABLE big ALTER n TYPE integer'],
  ['rows', 'UPDATE big SET n = n + 1', 'VACUUM FULL big'],
] as const

await using server = await startServer(18, {
  settings: { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', autovacuum: 'off' },
})
const client = await connect(server.url('postgres'))
await client.run(`CREATE TABLE big (id bigint PRIMARY KEY, n integer NOT NULL, t text NOT NULL);
  INSERT INTO big SELECT n, n % 1000, md5(n::text) || repeat('x', 60) FROM generate_series(1, ${megabytes * 7000}) AS n; CHECKPOINT`)
for (const [what, sql, undo] of works) {
  const [size] = await client.rows<{ mb: string }>("SELECT pg_relation_size('big') / 1048576 AS mb")
  await client.run('CHECKPOINT')
  const began = performance.now()
  await client.run(sql)
  const seconds = (performance.now() - began) / 1000
  process.stdout.write(
    `${what.padEnd(8)} ${String(Math.round(Number(size?.mb) / seconds)).padStart(5)} MB/s  ${size?.mb} MB  ${sql}\n`,
  )
  await client.run(undo)
}
await client.end()
