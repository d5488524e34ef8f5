import pg from 'pg'

/** A session with a server that collects notices. Statements go as simple queries, several in one text allowed. */
export type Client = {
  readonly run: (sql: string) => Promise<void>
  /** Rows of the last statement. */
  readonly rows: <Row extends object>(sql: string) => Promise<readonly Row[]>
  /** Rows of each statement of the text. */
  readonly rowsOfEach: (sql: string) => Promise<readonly (readonly object[])[]>
  /** The notices since the last call. */
  readonly notices: () => readonly Notice[]
  readonly end: () => Promise<void>
}

export type Notice = { readonly message: string; readonly code: string }

export async function connect(url: string): Promise<Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  let notices: Notice[] = []
  client.on('notice', ({ message, code }) => notices.push({ message: message ?? '', code: code ?? '' }))
  await client.connect()
  const results = async (sql: string): Promise<readonly pg.QueryResult[]> => {
    const answer: pg.QueryResult | pg.QueryResult[] = await client.query(sql)
    return Array.isArray(answer) ? answer : [answer]
  }
  return {
    run: async (sql) => {
      await results(sql)
    },
    rows: async (sql) => (await results(sql)).at(-1)?.rows ?? [],
    rowsOfEach: async (sql) => (await results(sql)).map(({ rows }) => rows),
    notices: () => {
      const seen = notices
      notices = []
      return seen
    },
    end: () => client.end(),
  }
}

/** The SQLSTATE of an error of PostgreSQL's; anything else is thrown on. */
export function sqlState(error: unknown): string {
  if (error instanceof pg.DatabaseError && error.code) return error.code
  throw error
}
