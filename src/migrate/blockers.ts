import type { Connection } from '../connection/connection.ts'

/** A session that a statement of ours waits for. */
export type Blocker = {
  readonly processId: number
  readonly user: string | null
  readonly application: string | null
  readonly state: string | null
  /** Seconds since its transaction began. */
  readonly seconds: number
  readonly query: string | null
}

const patienceMilliseconds = 2_000

/**
 * While the work goes on, looks from a second session, opened only when it takes longer than two seconds, whether it
 * waits for anybody, and says so once for each new set of them. An embedded database has no second session.
 */
export async function watchBlockers<Answer>(
  connection: Connection,
  onBlocked: (blockers: readonly Blocker[]) => void,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (connection.embedded) return work()
  let watching = true
  let timer: NodeJS.Timeout | undefined
  let observer: Promise<Connection | null> | null = null
  let told = ''
  const look = async () => {
    observer ??= connection.another()
    const blockers = await findBlockers(await observer, connection.processId)
    const key = blockers.map((blocker) => blocker.processId).join()
    if (watching && key !== told && blockers.length > 0) onBlocked(blockers)
    told = key
    if (watching) schedule()
  }
  const schedule = () => {
    // To look is a courtesy: where it fails (no connection left), the work goes on unwatched.
    timer = setTimeout(() => void look().catch(() => {}), patienceMilliseconds).unref()
  }
  schedule()
  try {
    return await work()
  } finally {
    watching = false
    clearTimeout(timer)
    const opened = await (observer as Promise<Connection | null> | null)?.catch(() => null)
    await opened?.close()
  }
}

async function findBlockers(observer: Connection | null, processId: number): Promise<readonly Blocker[]> {
  if (observer === null) return []
  const { rows } = await observer.query(
    `SELECT pid, usename, application_name, state, extract(epoch FROM clock_timestamp() - xact_start) AS seconds, left(query, 200) AS query
    FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids($1::integer)) ORDER BY xact_start`,
    [String(processId)],
  )
  return rows.map((row) => ({
    processId: Number(row['pid']),
    user: row['usename'] as string | null,
    application: row['application_name'] as string | null,
    state: row['state'] as string | null,
    seconds: Math.round(Number(row['seconds'] ?? 0)),
    query: row['query'] as string | null,
  }))
}
