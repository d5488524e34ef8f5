import { setTimeout } from 'node:timers/promises'
import type { Connection } from '../../src/connection/connection.ts'
import { type LockMode, lockModes } from '../../src/operations/operation.ts'

/** A connection that is used as the one it wraps, and what was locked over it. */
export type LockWatch = {
  readonly connection: Connection
  /** The strongest lock on each table, view or materialized view that was there at the start: `public.users: Share`. */
  seen(): readonly string[]
  close(): Promise<void>
}

/**
 * Watches the locks that a connection takes on relations that are there now. Before a transaction ends, its locks are
 * read; a statement of its own is given a transaction for that. One that refuses transactions is held up by another
 * session, which has each table open for reading, until it stands in line, and its locks are read from a third.
 * DETACH PARTITION … CONCURRENTLY holds nothing while it waits for its parent's readers: it is held up by those of the
 * partition, and the lock for which it then stands in line is counted too.
 * REINDEX SCHEMA, which lets readers be, is held up by a writer.
 */
export async function watchLocks(connection: Connection): Promise<LockWatch> {
  const relations = await findRelations(connection)
  const strongest = new Map<string, LockMode>()
  const [blocker, observer] = [await connection.another(), await connection.another()]
  if (blocker === null || observer === null) throw new Error('Locks are watched on servers only.')

  const look = async (from: Connection, awaited = false) => {
    const { rows } = await from.query(locksOf, [String(connection.processId), String(awaited)])
    for (const row of rows) {
      const name = relations.get(String(row['relation']))
      const mode = String(row['mode']).replace(/Lock$/, '') as LockMode
      if (name !== undefined && strength(mode) > strength(strongest.get(name))) strongest.set(name, mode)
    }
  }
  const held = async (text: string, end: string) => {
    const results = text === '' ? [] : await connection.run(text)
    await look(connection)
    return [...results, ...(await connection.run(end))]
  }
  const alone = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    await connection.run('BEGIN')
    const answer = await work()
    await held('', 'COMMIT')
    return answer
  }
  const run = async (text: string) => {
    if (/^(CREATE|CREATE UNIQUE|DROP) INDEX CONCURRENTLY |^REINDEX .*CONCURRENTLY /.test(text))
      return blocked({ connection, blocker, observer, look }, text)
    if (/^REINDEX (\(.*\) )?SCHEMA /.test(text))
      return blocked({ connection, blocker, observer, look: (from) => look(from, true) }, text, {
        mode: 'ROW EXCLUSIVE',
      })
    if (/^ALTER TABLE .* DETACH PARTITION .* CONCURRENTLY$/s.test(text))
      return blocked({ connection, blocker, observer, look: (from) => look(from, true) }, text, {
        kinds: ['r'],
      })
    const [, work, end] = text.match(/^(.*;\n)?(COMMIT|ROLLBACK)$/s) ?? []
    if (connection.transaction() === 'failed') return connection.run(text)
    if (end !== undefined) return held(work ?? '', end)
    if (connection.transaction() === 'open' || text.startsWith('BEGIN')) return connection.run(text)
    return alone(() => connection.run(text))
  }
  const query: Connection['query'] = (text, values) => {
    if (connection.transaction() !== 'idle') return connection.query(text, values)
    return alone(() => connection.query(text, values))
  }
  return {
    connection: { ...connection, run, query },
    seen: () => [...strongest].map(([name, mode]) => `${name}: ${mode}`).sort(),
    async close() {
      await blocker.close()
      await observer.close()
    },
  }
}

async function findRelations(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const [found] = await connection.run(`SELECT c.oid, nspname || '.' || relname AS name FROM pg_class c
    JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm') AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'limbeck')`)
  return new Map(found?.rows.map((row) => [String(row['oid']), String(row['name'])]))
}

const locksOf = `SELECT relation, mode FROM pg_locks
WHERE pid = $1::integer AND locktype = 'relation' AND (granted OR $2::boolean)`

function strength(mode: LockMode | undefined): number {
  return mode === undefined ? -1 : lockModes.indexOf(mode)
}

async function blocked(
  sessions: {
    readonly connection: Connection
    readonly blocker: Connection
    readonly observer: Connection
    look(from: Connection): Promise<void>
  },
  text: string,
  { kinds = ['r', 'p'], mode = 'ACCESS SHARE' }: { kinds?: readonly ('r' | 'p')[]; mode?: string } = {},
) {
  const { connection, blocker, observer, look } = sessions
  await blocker.run(`BEGIN ISOLATION LEVEL REPEATABLE READ;\n${openEachTable(kinds, mode)}`)
  const done = connection.run(text)
  const ended = done.then(
    () => true,
    () => true,
  )
  try {
    while (!(await standsInLine(observer, connection))) {
      if (await Promise.race([ended, setTimeout(5, false)])) throw new Error(`Nothing has held up: ${text}`)
    }
    await look(observer)
  } finally {
    await blocker.run('ROLLBACK')
  }
  return done
}

/** With a lock against dropping its indexes, and a snapshot against using new ones. */
const openEachTable = (kinds: readonly string[], mode: string) => `DO $$
DECLARE
  relation text;
BEGIN
  FOR relation IN SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}) AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'limbeck')
  LOOP
    EXECUTE format('LOCK TABLE %s IN ${mode} MODE', relation);
  END LOOP;
END $$`

async function standsInLine(observer: Connection, connection: Connection): Promise<boolean> {
  const { rows } = await observer.query('SELECT FROM pg_locks WHERE pid = $1::integer AND NOT granted', [
    String(connection.processId),
  ])
  return rows.length > 0
}
