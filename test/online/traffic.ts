import type { TestDatabase } from '../servers/databases.ts'

/** Of failures: an application that goes on after these would only fill the memory. */
const enough = 20

/** How an application writes and reads a row of its table. */
export type Application = {
  /** What it calls the table; `things` if left out. */
  readonly table?: string
  /** Whether it says ON CONFLICT (id); it does if left out. */
  readonly upserts?: false
  /** The columns that it sets for its n-th statement in the row of that id, as SQL. */
  readonly values: (n: number, id: number) => { readonly [column: string]: string }
  /** What it then reads in the columns that it knows, as text. */
  readonly reads: (n: number, id: number) => { readonly [column: string]: string | null }
}

/** The statement that wrote a row last, and whose it was, by the row's id; null once it is deleted. */
export type Written = Map<number, { readonly n: number; readonly by: Application } | null>

export type Traffic = {
  /** Ends after the statement that is under way. */
  readonly stop: () => Promise<void>
  readonly statements: () => number
}

/**
 * An application that inserts, updates, upserts, deletes and reads, with RETURNING, one statement after the other, in rows
 * whose id leaves the remainder `lane` of ten, the first `rows` of which were there before: nobody else writes them, so
 * each read can be foretold. What goes wrong is
 * added to `failures`: an error of a statement, or a row that was read other than it was written. `next` numbers the statements.
 */
export async function startTraffic(
  database: TestDatabase,
  application: Application,
  shared: {
    readonly lane: number
    readonly rows: number
    readonly written: Written
    readonly failures: string[]
    readonly next: () => number
  },
): Promise<Traffic> {
  const { lane, rows, written, failures, next } = shared
  const { table = 'things' } = application
  const session = await database.connect()
  const random = numbers(lane + 1)
  const columns = Object.keys(application.reads(0, 0)).map((name) => `${name}::text AS ${name}`)
  let running = true
  let count = 0

  const ask = async (sql: string): Promise<readonly object[] | null> => {
    count++
    try {
      return await session.query(sql)
    } catch (error) {
      failures.push(`${error instanceof Error ? error.message : error}: ${sql}`)
      return null
    }
  }
  const read = async (sql: string, id: number, n: number) => {
    const found = await ask(sql)
    const wanted = application.reads(n, id)
    if (found !== null && JSON.stringify(found[0]) !== JSON.stringify(wanted))
      failures.push(`read ${JSON.stringify(found[0])}, not ${JSON.stringify(wanted)}: ${sql}`)
    return found !== null
  }
  const write = async (sql: string, id: number, n: number) => {
    if (await read(`${sql} RETURNING ${columns.join(', ')}`, id, n)) written.set(id, { n, by: application })
  }
  const insertion = (id: number, n: number) => {
    const row = { id: String(id), touched: '0', ...application.values(n, id) }
    return `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`
  }
  const actions: readonly ((id: number, n: number) => Promise<void> | undefined)[] = [
    (_, n) => {
      const id = 100_000 + 10 * n + lane
      return write(insertion(id, n), id, n)
    },
    (id, n) => {
      const set = Object.keys(application.values(n, id)).map((column) => `${column} = EXCLUDED.${column}`)
      if (application.upserts === false) return
      return write(`${insertion(id, n)} ON CONFLICT (id) DO UPDATE SET ${set.join(', ')}`, id, n)
    },
    (id, n) => {
      const set = Object.entries(application.values(n, id)).map(([column, value]) => `${column} = ${value}`)
      return write(`UPDATE ${table} SET ${set.join(', ')} WHERE id = ${id}`, id, n)
    },
    // A column that the change is not about.
    async (id) => {
      await ask(`UPDATE ${table} SET touched = touched + 1 WHERE id = ${id}`)
    },
    async (id) => {
      const last = written.get(id)
      if (last?.by !== application) return
      await read(`SELECT ${columns.join(', ')} FROM ${table} WHERE id = ${id}`, id, last.n)
    },
    async (id) => {
      if ((await ask(`DELETE FROM ${table} WHERE id = ${id}`)) !== null) written.set(id, null)
    },
  ]

  const loop = (async () => {
    while (running && failures.length < enough) {
      // One of those that were there, or of those that came since.
      const known = [...written].filter(([id, last]) => id % 10 === lane && last !== null).map(([id]) => id)
      const ids = random() < 0.3 ? known : []
      const id = ids[Math.floor(random() * ids.length)] ?? 10 * Math.floor((random() * rows) / 10) + lane
      const action = actions[Math.floor(random() * actions.length)]
      // A row that is gone can only come back.
      if (written.get(id) === null && action !== actions[0]) await actions[1]?.(id, next())
      else await action?.(id, next())
    }
  })()
  return {
    statements: () => count,
    stop: async () => {
      running = false
      await loop
      await session[Symbol.asyncDispose]()
    },
  }
}

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
