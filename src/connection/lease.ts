import { setTimeout } from 'node:timers/promises'
import { LimbeckError } from '../error.ts'
import { doBlock } from '../sql/literal.ts'
import { isHeld, lockKey, tryLock, unlock } from './advisory-lock.ts'
import type { Connection, Row } from './connection.ts'

/** Somebody else has the lease. */
export type LeaseHolder = {
  readonly processId: number
  readonly address: string | null
  readonly since: string | null
  readonly query: string | null
}

/** The lease was not to be had in the time that was allowed. */
export class LeaseTimeout extends LimbeckError {
  readonly code = 'LEASE_TIMEOUT'
  readonly holder: LeaseHolder | null
  readonly waitedMilliseconds: number

  constructor(holder: LeaseHolder | null, waitedMilliseconds: number) {
    const who =
      holder === null
        ? 'Another runner'
        : `The session ${holder.processId}${holder.address ? ` from ${holder.address}` : ''}`
    super(`${who} still holds the lease after ${Math.round(waitedMilliseconds / 1000)} s.`, {
      hint: 'Wait for it to end and run the command again. "limbeck status" shows what it does.',
    })
    this.holder = holder
    this.waitedMilliseconds = waitedMilliseconds
  }
}

/** The name of the lease on what a ledger's schema records. */
export function leaseName(schema: string): string {
  return `limbeck:${schema}`
}

const pollMilliseconds = 200

/**
 * Makes this session the only one that changes the database through Limbeck, until it releases the lease or ends. It is
 * an advisory lock of the very session that does the work: while a killed run's statement is still busy on the
 * server, nobody else can begin. It is polled for, because a session that waits inside pg_advisory_lock holds a
 * snapshot, for which CREATE INDEX CONCURRENTLY in the lease's holder would wait for ever. Null where the signal ended
 * the wait.
 */
export async function acquireLease(
  connection: Connection,
  options: {
    readonly name: string
    readonly waitMilliseconds: number
    readonly signal?: AbortSignal | undefined
    onWait?(holder: LeaseHolder | null): void
  },
): Promise<{ release(): Promise<void> } | null> {
  const start = Date.now()
  const key = lockKey(options.name)
  const shares = lockKey(sharesOf(options.name))
  let told = false
  for (;;) {
    if (options.signal?.aborted) return null
    if (await tryLock(connection, key)) {
      if (await tryLock(connection, shares)) break
      await unlock(connection, key)
    }
    const waited = Date.now() - start
    if (!told || waited > options.waitMilliseconds) {
      const holder = await findHolder(connection, key)
      if (waited > options.waitMilliseconds) throw new LeaseTimeout(holder, waited)
      options.onWait?.(holder)
      told = true
    }
    await setTimeout(pollMilliseconds * (0.5 + Math.random()))
  }
  await unlock(connection, shares)
  return {
    async release() {
      await unlock(connection, key)
    },
  }
}

/**
 * Gives a further session of the holder's a share of the lease: should the holder's own session be lost, nobody else
 * can begin before this one has ended too. To be called while the holder has the lease.
 */
export async function shareLease(session: Connection, name: string): Promise<void> {
  await session.run(`SELECT pg_advisory_lock_shared(${lockKey(sharesOf(name))})`)
}

/** Takes the lease from within a script, which cannot wait for it; it is free again when the script's session ends. */
export function offlineLease(name: string): string {
  return `${doBlock(`BEGIN
  IF NOT (pg_try_advisory_lock(${lockKey(name)}) AND pg_try_advisory_lock(${lockKey(sharesOf(name))})) THEN
    RAISE EXCEPTION 'another run of Limbeck is under way' USING HINT = 'Wait until it has ended, and run the script again.';
  END IF;
END`)};`
}

function sharesOf(name: string): string {
  return `${name}:shares`
}

async function findHolder(connection: Connection, key: string): Promise<LeaseHolder | null> {
  const [result] =
    await connection.run(`SELECT l.pid, host(a.client_addr) AS address, a.backend_start, a.query
    FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
    WHERE ${isHeld(key)}`)
  const row: Row | undefined = result?.rows[0]
  if (row === undefined) return null
  return {
    processId: Number(row['pid']),
    address: (row['address'] as string | null) ?? null,
    since: (row['backend_start'] as string | null) ?? null,
    query: (row['query'] as string | null) ?? null,
  }
}
