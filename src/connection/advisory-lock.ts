import { quoteLiteral } from '../sql/literal.ts'
import type { Connection } from './connection.ts'

/** The key of the advisory lock of that name, as an expression. */
export function lockKey(name: string): string {
  return keyOf(quoteLiteral(name))
}

/** The key of the advisory lock whose name an expression gives. */
export function keyOf(expression: string): string {
  return `hashtextextended(${expression}, 0)`
}

/** Whether the session got the lock, which it then has until it releases it or ends; it does not wait for it. */
export async function tryLock(connection: Connection, key: string): Promise<boolean> {
  const [result] = await connection.run(`SELECT pg_try_advisory_lock(${key}) AS acquired`)
  return result?.rows[0]?.['acquired'] === true
}

export async function unlock(connection: Connection, key: string): Promise<void> {
  await connection.run(`SELECT pg_advisory_unlock(${key})`)
}

/**
 * A condition for a row of pg_locks, called `l`: somebody in this database has the lock with that key. PostgreSQL
 * shows a key of 64 bits in two halves (https://www.postgresql.org/docs/current/view-pg-locks.html).
 */
export function isHeld(key: string): string {
  return `l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (l.classid::bigint << 32 | l.objid::bigint) = ${key}`
}
