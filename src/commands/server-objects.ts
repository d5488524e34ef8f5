import { type Connection, DatabaseError } from '../connection/connection.ts'
import { quoteIdentifier } from '../sql/identifier.ts'

/** What is of a whole server, and no revision makes: by what PostgreSQL says where it is not there, and what makes one. */
const kinds: readonly {
  readonly missing: RegExp
  /** Statements that run one by one, outside of a transaction. */
  made(name: string): readonly string[]
}[] = [
  { missing: /^role "(.*)" does not exist$/s, made: (name) => [`CREATE ROLE ${quoteIdentifier(name)}`] },
  {
    missing: /^tablespace "(.*)" does not exist$/s,
    // In the server's own folder: an embedded one has no other. https://www.postgresql.org/docs/current/runtime-config-developer.html#GUC-ALLOW-IN-PLACE-TABLESPACES
    made: (name) => [
      'SET allow_in_place_tablespaces = on',
      `CREATE TABLESPACE ${quoteIdentifier(name)} LOCATION ''`,
    ],
  },
  {
    missing: /^database "(.*)" does not exist$/s,
    made: (name) => [`CREATE DATABASE ${quoteIdentifier(name)}`],
  },
]

/** Makes what an error of an embedded database says is missing; empty for any other error. */
export function makingOf(error: unknown): readonly string[] {
  if (!(error instanceof DatabaseError))
    return error instanceof Error && error.cause !== undefined ? makingOf(error.cause) : []
  if (error.server.sqlState !== '42704' && error.server.sqlState !== '3D000') return []
  return kinds.flatMap(({ missing, made }) => {
    const name = error.message.match(missing)?.[1]
    return name === undefined ? [] : made(name.replaceAll('""', '"'))
  })
}

/** Runs something on an embedded database, which has no role, tablespace or other database of a server's: where it needs one, it gets one. */
export async function withServerObjects<Answer>(
  connection: Connection,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const made = new Set<string>()
  for (;;) {
    try {
      return await run()
    } catch (error) {
      const making = connection.embedded ? makingOf(error) : []
      const key = making.join('; ')
      if (key === '' || made.has(key)) throw error
      made.add(key)
      for (const text of making) await connection.run(text)
    }
  }
}
