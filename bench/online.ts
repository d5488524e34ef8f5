import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Config, upgrade } from '../src/index.ts'
import type { Server } from '../test/servers/server.ts'
import { inTurn, type Line } from './measure.ts'
import { freshDatabase } from './revisions.ts'

const rows = 1_000_000
const perSecond = 250
const rounds = 3

/** A backfill of a million rows under an application's writes; against its writes alone, one big UPDATE, and the loop that people write. */
export async function onlineLines(server: Server): Promise<readonly Line[]> {
  const largeBatches = { batchRows: 20_000, batchMilliseconds: 100_000 }
  const large = await inTurn(
    rounds,
    () => timedUpdate(server),
    () => timedBackfill(server, largeBatches),
  )
  const usual = await inTurn(
    1,
    () => timedLoop(server),
    () => timedBackfill(server, {}),
  )
  const quiet = await underTraffic(server, async () => sleep(10_000))
  const busy = await underTraffic(server, () => runBackfill(server, {}))
  return [
    line('backfill in batches of 20,000 rows, against one UPDATE', large.ratio, 0.9),
    line('backfill, against a loop of 1,000 rows through a trigger', usual.ratio, 1.8),
    {
      what: `p99 of ${perSecond} writes a second meanwhile, against without`,
      measured: (percentile(busy.latencies, 0.99) / percentile(quiet.latencies, 0.99)).toFixed(2),
      limit: 'at most 3 times',
      holds: percentile(busy.latencies, 0.99) <= 3 * percentile(quiet.latencies, 0.99),
    },
    {
      what: 'the slowest of these writes',
      measured: `${Math.max(...busy.latencies).toFixed(0)} ms`,
      limit: 'at most 150 ms',
      holds: Math.max(...busy.latencies) <= 150,
    },
    {
      what: 'writes that failed',
      measured: String(busy.failed + quiet.failed),
      limit: 'none',
      holds: busy.failed + quiet.failed === 0,
    },
  ]
}

function line(what: string, ratio: number, limit: number): Line {
  return { what, measured: ratio.toFixed(2), limit: `at least ${limit.toFixed(2)}`, holds: ratio >= limit }
}

const load = `CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, email_lower text, seen int NOT NULL DEFAULT 0, migrated boolean);
  INSERT INTO users (id, email) SELECT n, 'User' || n || '@Example.com' FROM generate_series(1, ${rows}) n;
  ALTER TABLE users SET (autovacuum_enabled = off)`

async function loaded(server: Server): Promise<pg.Client> {
  const client = new pg.Client(await freshDatabase(server, 'bench_online'))
  await client.connect()
  await client.query(load)
  await client.query('VACUUM ANALYZE')
  await client.query('CHECKPOINT')
  return client
}

async function timedUpdate(server: Server): Promise<number> {
  const client = await loaded(server)
  const began = performance.now()
  await client.query('UPDATE users SET email_lower = lower(email) WHERE email_lower IS NULL')
  const milliseconds = performance.now() - began
  await client.end()
  return milliseconds
}

/** What engines write that fill through a trigger: a marker column, and batches that touch the rows which have it. */
async function timedLoop(server: Server): Promise<number> {
  const client = await loaded(server)
  await client.query(`ALTER TABLE users ADD COLUMN marked boolean DEFAULT true;
    CREATE FUNCTION migrate_row() RETURNS trigger LANGUAGE plpgsql AS
      $$BEGIN IF NEW.marked THEN NEW.email_lower := lower(NEW.email); NEW.marked := false; END IF; RETURN NEW; END$$;
    CREATE TRIGGER migrate_row BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION migrate_row()`)
  const began = performance.now()
  let last: string | null = '0'
  while (last !== null) {
    const { rows }: pg.QueryResult<{ last: string | null }> = await client.query(`
      WITH batch AS (SELECT id FROM users WHERE id > ${last} AND marked ORDER BY id LIMIT 1000 FOR NO KEY UPDATE),
      updated AS (UPDATE users SET id = users.id FROM batch WHERE users.id = batch.id RETURNING users.id)
      SELECT max(id) AS last FROM updated`)
    last = rows[0]?.last ?? null
  }
  const milliseconds = performance.now() - began
  await client.end()
  return milliseconds
}

async function timedBackfill(server: Server, pace: Config): Promise<number> {
  const client = await loaded(server)
  await client.end()
  return runBackfill(server, pace)
}

async function runBackfill(server: Server, pace: Config): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  mkdirSync(join(directory, 'migrations'))
  const revision = `/** Fill. */
export const revision = 'fill'
export const downRevision = null
export function upgrade(op) {
  op.backfill({ table: 'users', set: { email_lower: op.sql\`lower(email)\` }, where: op.sql\`email_lower IS NULL\` })
}`
  writeFileSync(join(directory, 'migrations', 'fill.js'), revision)
  let milliseconds = 0
  await upgrade(
    { ...pace, directory, database: server.url('bench_online') },
    {
      onEvent(event) {
        if (event.type === 'stage-done') milliseconds = event.milliseconds
      },
    },
  )
  rmSync(directory, { recursive: true, force: true })
  return milliseconds
}

type Traffic = { readonly latencies: readonly number[]; readonly failed: number }

async function underTraffic(server: Server, work: () => Promise<unknown>): Promise<Traffic> {
  const client = await loaded(server)
  await client.end()
  const program = join(import.meta.dirname, 'traffic.ts')
  const words = [program, server.url('bench_online'), String(perSecond), String(rows)]
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, words)
  child.stderr.pipe(process.stderr)
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  while (!said.includes('ready')) await sleep(20)
  await work()
  child.stdin.write('stop\n')
  await once(child, 'close')
  return JSON.parse(said.slice(said.indexOf('{')))
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
