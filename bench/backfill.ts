import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type MigrateEvent, upgrade } from '../src/index.ts'
import type { Server } from '../test/servers/server.ts'
import { type Line, median } from './measure.ts'
import { freshDatabase } from './revisions.ts'

const users = 1_000_000
const sources = 100_000
const rowByRow = 5_000
const rounds = 3

/** Backfills against the one statement that does the same at once; rates, in rows a second, as ratios. */
export async function backfillLines(server: Server): Promise<readonly Line[]> {
  const set = await inRounds(() => setRound(server))
  const transform = await inRounds(() => transformRound(server))
  return [
    {
      what: `backfill of ${users.toLocaleString('en-US')} rows, against one UPDATE`,
      measured: set.ratio.toFixed(2),
      limit: 'at least 0.75',
      holds: set.ratio >= 0.75,
    },
    {
      what: 'its slowest tenth of batches takes',
      measured: `${set.slow.toFixed(0)} ms`,
      limit: 'at most 100 ms',
      holds: set.slow <= 100,
    },
    {
      what: `transform of ${sources.toLocaleString('en-US')} rows, against INSERT … SELECT`,
      measured: transform.ratio.toFixed(2),
      limit: 'at least 0.90',
      holds: transform.ratio >= 0.9,
    },
    {
      what: 'the same, against a statement a row',
      measured: transform.slow.toFixed(1),
      limit: 'at least 10',
      holds: transform.slow >= 10,
    },
  ]
}

type Round = { readonly ratio: number; readonly slow: number }

async function inRounds(round: () => Promise<Round>): Promise<Round> {
  const rounds_: Round[] = []
  for (let n = 0; n < rounds; n++) rounds_.push(await round())
  return { ratio: median(rounds_.map(({ ratio }) => ratio)), slow: median(rounds_.map(({ slow }) => slow)) }
}

const header = (id: string) => `/** ${id} */
export const revision = '${id}'
export const downRevision = null
`

async function setRound(server: Server): Promise<Round> {
  const load = `CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, email_lower text);
    INSERT INTO users SELECT n, 'User' || n || '@Example.com' FROM generate_series(1, ${users}) n;
    ALTER TABLE users SET (autovacuum_enabled = off)`
  const once = await timedSql(
    server,
    load,
    'UPDATE users SET email_lower = lower(email) WHERE email_lower IS NULL',
  )
  const revision = `${header('set')}export function upgrade(op) {
    op.backfill({ table: 'users', set: { email_lower: op.sql\`lower(email)\` }, where: op.sql\`email_lower IS NULL\` })
  }`
  const batched = await timedUpgrade(server, load, revision)
  const sorted = batched.batches.toSorted((a, b) => a - b)
  return { ratio: once / batched.milliseconds, slow: sorted[Math.floor(sorted.length * 0.9)] ?? 0 }
}

async function transformRound(server: Server): Promise<Round> {
  const load = `CREATE TABLE users (id bigint PRIMARY KEY, preferences jsonb NOT NULL);
    INSERT INTO users SELECT n, jsonb_build_object('theme', 'dark', 'page', n, 'mail', n % 2 = 0, 'lang', 'en', 'cols', jsonb_build_array(1, 2, n))
      FROM generate_series(1, ${sources}) n;
    CREATE TABLE user_preferences (user_id bigint NOT NULL REFERENCES users, key text NOT NULL, value jsonb NOT NULL, PRIMARY KEY (user_id, key));
    ALTER TABLE users SET (autovacuum_enabled = off); ALTER TABLE user_preferences SET (autovacuum_enabled = off)`
  const insert =
    'INSERT INTO user_preferences SELECT id, key, value FROM users, jsonb_each(preferences) ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value'
  const once = await timedSql(server, load, insert)
  const revision = `${header('transform')}export function upgrade(op) {
    op.backfill({
      table: 'users',
      columns: ['id', 'preferences'],
      into: { table: 'user_preferences', columns: ['user_id', 'key', 'value'] },
      onConflict: { update: ['user_id', 'key'] },
      transform: (user) => Object.entries(user.preferences).map(([key, value]) => ({ user_id: user.id, key, value: op.json(value) })),
    })
  }`
  const batched = await timedUpgrade(server, load, revision)
  const single = await timedRows(server, load)
  return { ratio: once / batched.milliseconds, slow: single / (batched.milliseconds / sources) }
}

async function timedSql(server: Server, load: string, statement: string): Promise<number> {
  const client = await loaded(server, load)
  const began = performance.now()
  await client.query(statement)
  const milliseconds = performance.now() - began
  await client.end()
  return milliseconds
}

/** Milliseconds a source row when each new row is a statement of its own, as people write it. */
async function timedRows(server: Server, load: string): Promise<number> {
  const client = await loaded(server, load)
  const { rows } = await client.query(`SELECT id, preferences FROM users ORDER BY id LIMIT ${rowByRow}`)
  const began = performance.now()
  for (const { id, preferences } of rows) {
    for (const [key, value] of Object.entries(preferences)) {
      await client.query(
        'INSERT INTO user_preferences (user_id, key, value) VALUES ($1, $2, $3) ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value',
        [id, key, JSON.stringify(value)],
      )
    }
  }
  const milliseconds = performance.now() - began
  await client.end()
  return milliseconds / rowByRow
}

async function timedUpgrade(server: Server, load: string, revision: string) {
  const client = await loaded(server, load)
  await client.end()
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  mkdirSync(join(directory, 'migrations'))
  writeFileSync(join(directory, 'migrations', 'one.js'), revision)
  const batches: number[] = []
  let milliseconds = 0
  const onEvent = (event: MigrateEvent) => {
    if (event.type === 'backfill') batches.push(event.progress.batchMilliseconds)
    if (event.type === 'stage-done') milliseconds = event.milliseconds
  }
  await upgrade({ directory, database: server.url('bench_backfill') }, { onEvent })
  rmSync(directory, { recursive: true, force: true })
  return { milliseconds, batches }
}

async function loaded(server: Server, load: string): Promise<pg.Client> {
  const client = new pg.Client(await freshDatabase(server, 'bench_backfill'))
  await client.connect()
  await client.query(load)
  await client.query('VACUUM ANALYZE')
  await client.query('CHECKPOINT')
  return client
}
