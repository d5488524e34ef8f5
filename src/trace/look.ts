import type { Connection, Row } from '../connection/connection.ts'
import { runPrepared } from '../connection/prepared.ts'
import type { LockMode } from '../operations/operation.ts'
import { type Picture, pictured, pictureQueries } from './picture.ts'

/** What can be seen of a transaction from within, at a moment. */
export type Look = {
  /** The modes in which it holds each relation, by oid. */
  readonly locks: ReadonlyMap<number, readonly LockMode[]>
  /** The relations that it holds, as they are now; one that is locked and not here is gone. */
  readonly picture: Picture
  /** Rows read and written, by oid; as far as the server has not taken them over into its own count. */
  readonly counts: ReadonlyMap<number, RowCounts>
  /** The foreign keys of the relations that it holds. */
  readonly foreignKeys: readonly { readonly name: string; readonly oid: number }[]
  readonly lockTimeout: string
  /** Of the schemas and types of the database's own: where one has another name, relations that nobody has locked are called otherwise. */
  readonly names: string
}

export type RowCounts = {
  readonly read: number
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
}

/** As an array, so that it is found out once, and the relations then by their index: in whatever schema, a look takes the same. */
const heldRelations = `ANY (ARRAY(SELECT relation FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())))`

/**
 * Looks at what the open transaction has done so far: every lock on a relation that it holds (https://www.postgresql.org/docs/current/view-pg-locks.html),
 * and what pg_stat_xact_user_tables counts, which is not yet in the tables that other sessions read. `earlier`: a look at the same transaction, since
 * when nothing was done that was taken back; only what it holds can have been read or written then.
 */
export async function look(
  connection: Connection,
  ignored: readonly string[],
  earlier: Look | null = null,
): Promise<Look> {
  const queries = [
    `SELECT relation::bigint AS oid, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted
        AND relation >= 16384`,
    ...pictureQueries(`= ${heldRelations}`, ignored),
    countsQuery(earlier === null ? null : `= ${heldRelations}`),
    `SELECT conname AS name, conrelid::bigint AS oid FROM pg_constraint WHERE contype = 'f' AND conrelid = ${heldRelations}`,
    `SELECT current_setting('lock_timeout') AS "lockTimeout", (SELECT string_agg(name, ' ' ORDER BY oid) FROM (
          SELECT oid, nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_'
          UNION ALL SELECT oid, typname FROM pg_type WHERE oid >= 16384 AND typtype IN ('e', 'd', 'r')) AS named) AS names`,
  ]
  const [locks = [], relations = [], policies = [], counts = [], foreignKeys = [], settings = []] =
    await runPrepared(
      connection,
      queries.map((text) => ({ text })),
    )
  return {
    locks: locksOf(locks),
    picture: pictured(relations, policies),
    counts: new Map([
      ...(earlier?.counts ?? []),
      ...counts.map((row) => [Number(row['oid']), countsOf(row)] as const),
    ]),
    foreignKeys: foreignKeys.map(({ name, oid }) => ({ name: String(name), oid: Number(oid) })),
    lockTimeout: String(settings[0]?.['lockTimeout']),
    names: String(settings[0]?.['names']),
  }
}

/** As pg_stat_xact_user_tables has it, which goes through all relations and their indexes. */
function countsQuery(held: string | null): string {
  const counted = (what: string, oid = 'oid') => `pg_stat_get_xact_tuples_${what}(${oid})`
  return `SELECT * FROM (SELECT oid::bigint AS oid, ${counted('returned')} + ${counted('fetched')}
      + (SELECT coalesce(sum(${counted('fetched', 'indexrelid')}), 0) FROM pg_index WHERE indrelid = c.oid) AS read,
      ${counted('inserted')} AS inserted, ${counted('updated')} AS updated, ${counted('deleted')} AS deleted
    FROM pg_class c WHERE relkind IN ('r', 'm', 'p') AND oid >= 16384${held === null ? '' : ` AND oid ${held}`}) AS counts
  WHERE read + inserted + updated + deleted > 0`
}

function locksOf(rows: readonly Row[]): Look['locks'] {
  const locks = new Map<number, LockMode[]>()
  for (const row of rows) {
    const oid = Number(row['oid'])
    const mode = String(row['mode']).replace(/Lock$/, '') as LockMode
    locks.set(oid, [...(locks.get(oid) ?? []), mode])
  }
  return locks
}

function countsOf(row: Row): RowCounts {
  return {
    read: Number(row['read']),
    inserted: Number(row['inserted']),
    updated: Number(row['updated']),
    deleted: Number(row['deleted']),
  }
}

const nothing: RowCounts = { read: 0, inserted: 0, updated: 0, deleted: 0 }

/** What was read and written between two looks. */
export function countsBetween(before: Look, after: Look, oid: number): RowCounts {
  const [from, to] = [before.counts.get(oid) ?? nothing, after.counts.get(oid) ?? nothing]
  return {
    read: to.read - from.read,
    inserted: to.inserted - from.inserted,
    updated: to.updated - from.updated,
    deleted: to.deleted - from.deleted,
  }
}

/** All relations, once those that are held were looked at: what was held or is, and is not there, is gone. */
export function withLooked(before: Picture, seen: Look, now: Look): Picture {
  const after = new Map(before)
  for (const oid of [...seen.locks.keys(), ...now.locks.keys()]) after.delete(oid)
  for (const [oid, relation] of now.picture) after.set(oid, relation)
  return after
}
