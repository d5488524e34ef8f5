import { LimbeckError } from '../error.ts'

/** A row as the server gave it, by column name. */
export type Row = { readonly [column: string]: unknown }

/** The result of one statement. */
export type Result = { readonly rows: readonly Row[]; readonly rowCount: number | null }

/** One session with a PostgreSQL server. It is never shared: what it says comes in one order. */
export type Connection = {
  /** Which database it is, without a password: for people, and for the ledger. */
  readonly database: string
  /** PostgreSQL's major version. */
  readonly major: number
  /** Whether the server lives in this process, so that there is no second session to look at it from. */
  readonly embedded: boolean
  /** The server's process id for this session. */
  readonly processId: number
  /**
   * Sends one text with one or several statements, in one round trip, and gives a result for each. Throws DatabaseError
   * for the first that fails; PostgreSQL then skips the rest.
   */
  run(text: string): Promise<readonly Result[]>
  /** Sends one statement with parameters in text form. */
  query(text: string, values: readonly (string | null)[]): Promise<Result>
  /** Sends a `COPY … FROM STDIN` and the rows that it reads. Throws what the rows throw, and then nothing is stored. */
  copy(
    text: string,
    rows: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  ): Promise<Result>
  /** Hears what the server notes beside its answers, as far as client_min_messages lets it, until the function that it gives is called. */
  listen(heard: (note: string) => void): () => void
  /** `idle`, in a transaction, or in one that has failed and can only be rolled back. */
  transaction(): 'idle' | 'open' | 'failed'
  /** Asks the server, on a connection of its own, to stop what this session is doing. */
  cancel(): Promise<void>
  /** Ends a transaction that is open and forgets what SQL has set: role, search_path, any other setting. */
  reset(): Promise<void>
  /** A further session with the same database; null where there can be only one. */
  another(): Promise<Connection | null>
  close(): Promise<void>
  /** Ends the session at once, whatever it is doing: who waits for an answer gets ConnectionLost. It is closed afterwards all the same. */
  abandon(): void
}

/** What PostgreSQL says of an error, in its own fields (https://www.postgresql.org/docs/current/protocol-error-fields.html). */
export type ServerError = {
  readonly severity: string | undefined
  readonly sqlState: string
  readonly detail: string | undefined
  readonly serverHint: string | undefined
  /** The character of the sent text at which the error is, from 1. */
  readonly position: number | undefined
  /** Where inside a function or block it happened. */
  readonly where: string | undefined
  readonly constraint: string | undefined
}

/** An error that PostgreSQL reported. */
export class DatabaseError extends LimbeckError {
  readonly code = 'DATABASE_ERROR'
  readonly server: ServerError
  /** How many statements of the sent text were done before the one that failed. */
  readonly completed: number

  constructor(message: string, server: ServerError, completed: number, cause: unknown) {
    super(message, { cause, ...(server.serverHint === undefined ? {} : { hint: server.serverHint }) })
    this.server = server
    this.completed = completed
  }
}

/** Whether PostgreSQL stopped a statement because it was asked to (57014, which a statement timeout gives too). */
export function isCancellation(error: unknown): boolean {
  return error instanceof DatabaseError && error.server.sqlState === '57014'
}

/** The session ended while something was asked of it. What it was doing may or may not have been done. */
export class ConnectionLost extends LimbeckError {
  readonly code = 'CONNECTION_LOST'
  readonly database: string

  constructor(database: string, cause: unknown) {
    super(
      `The connection to ${database} was lost: ${cause instanceof Error ? cause.message : String(cause)}.`,
      {
        hint: 'Run the same command again: it finds out what was done and goes on from there.',
        cause,
      },
    )
    this.database = database
  }
}

/** No session could be had. */
export class ConnectionFailed extends LimbeckError {
  readonly code = 'CONNECTION_FAILED'
  readonly database: string

  constructor(database: string, cause: unknown) {
    super(`Cannot connect to ${database}: ${connectionFault(cause)}.`, {
      hint: 'Check the address, the password and whether the server runs; --database-url, the config file and DATABASE_URL are looked at in this order.',
      cause,
    })
    this.database = database
  }
}

/** Several addresses were tried: node then gives an AggregateError whose own message is empty. */
function connectionFault(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) {
    return cause.errors.map((error) => (error instanceof Error ? error.message : String(error))).join('; ')
  }
  return cause instanceof Error ? cause.message : String(cause)
}
