import type { Client, QueryResult } from 'pg'
import { quoteLiteral } from '../sql/literal.ts'
import { type Connection, ConnectionLost, DatabaseError, type Result } from './connection.ts'
import { type CopyIn, joinPieces } from './copy.ts'

/** What the two kinds of client have in common: node-postgres, on a socket or on an embedded server. */
export type ClientSession = {
  readonly client: Client
  readonly database: string
  readonly embedded: boolean
  readonly copyIn: CopyIn
  another(): Promise<Connection | null>
  /** Ends the session and what was opened for it. */
  end(): Promise<void>
  /** Cuts it off. */
  abandon(): void
}

/**
 * What each session sets for itself. It works in UTC and ISO, so that a date means the same from every machine. Timeouts
 * that belong to an application's role would end a migration halfway.
 */
const settings: readonly (readonly [name: string, value: string])[] = [
  ['timezone', 'UTC'],
  ['datestyle', 'ISO, MDY'],
  ['intervalstyle', 'postgres'],
  ['extra_float_digits', '1'],
  ['statement_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
  ['idle_session_timeout', '0'],
  ['transaction_timeout', '0'],
]

/** The server is told to notice within seconds that its client is gone, so that a killed run does not go on unseen and its lease is free again. */
const socketSettings: typeof settings = [
  ['tcp_keepalives_idle', '30'],
  ['tcp_keepalives_interval', '10'],
  ['tcp_keepalives_count', '3'],
  ['client_connection_check_interval', '5s'],
]

/** Settings that a version or a platform lacks are left alone. */
export const sessionSettings = `DO $limbeck$
DECLARE
  setting text[];
BEGIN
  FOREACH setting SLICE 1 IN ARRAY ARRAY[
${[...settings, ...socketSettings].map((setting) => `    [${setting.map(quoteLiteral).join(', ')}]`).join(',\n')}]
  LOOP
    BEGIN
      PERFORM set_config(setting[1], setting[2], false);
    EXCEPTION WHEN undefined_object OR invalid_parameter_value OR feature_not_supported THEN
      NULL;
    END;
  END LOOP;
END
$limbeck$`

/** The same for an embedded server, whose version has them all and which has no socket: it need not load PL/pgSQL for them. */
const embeddedSettings = settings.map(([name, value]) => `SET ${name} = ${quoteLiteral(value)}`).join(';\n')

const forgotten = ['RESET SESSION AUTHORIZATION', 'RESET ALL']

/** What brings a session back to how Limbeck began it, after SQL of the author's that may have changed it. */
export const cleanSession: readonly string[] = [...forgotten, sessionSettings]

const sessionFacts = `SELECT current_setting('server_version_num') AS version, pg_backend_pid() AS process_id`

/** A connection over a client that is connected already. */
export async function openSession(session: ClientSession): Promise<Connection> {
  const { client, database, embedded } = session
  let lost: unknown = null
  let completed = 0
  let ready = Promise.withResolvers<void>()
  client.on('error', (error) => {
    lost ??= error
    ready.resolve()
  })
  client.on('end', () => ready.resolve())
  wire(client).on('readyForQuery', () => ready.resolve())
  // The protocol says after each statement of a text that it is done: so an error in the middle has its statement.
  wire(client).on('commandComplete', () => completed++)
  wire(client).on('emptyQuery', () => completed++)

  const ask = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    if (lost !== null) throw new ConnectionLost(database, lost)
    completed = 0
    ready = Promise.withResolvers()
    try {
      return await send()
    } catch (error) {
      const told = asLimbeckError(error, database, completed)
      // An error comes before the server is ready again, and only then is it known how the transaction stands.
      if (told instanceof DatabaseError) await ready.promise
      throw told
    }
  }
  const run = async (text: string) => {
    const results: QueryResult | QueryResult[] = await ask(() => client.query(text))
    return [results].flat().map(asResult)
  }
  const own = embedded ? embeddedSettings : sessionSettings
  const facts = (await run(`${own};\n${sessionFacts}`)).at(-1)?.rows[0]
  const processId = Number(facts?.['process_id'])
  return {
    database,
    embedded,
    major: Math.floor(Number(facts?.['version']) / 10_000),
    processId,
    run,
    query: async (text, values) => asResult(await ask(() => client.query(text, [...values]))),
    async copy(text, pieces) {
      let broken: { readonly error: unknown } | null = null
      const rows = async function* () {
        try {
          yield* joinPieces(pieces)
        } catch (error) {
          broken = { error }
          throw error
        }
      }
      try {
        return { rows: [], rowCount: (await ask(() => session.copyIn(client, text, rows()))).rowCount }
      } catch (error) {
        throw broken === null ? error : (broken as { readonly error: unknown }).error
      }
    },
    listen(heard) {
      const hear = ({ message }: { readonly message?: string | undefined }) => heard(message ?? '')
      client.on('notice', hear)
      return () => client.off('notice', hear)
    },
    transaction: () =>
      ({ I: 'idle', T: 'open', E: 'failed' })[transactionStatus(client)] as 'idle' | 'open' | 'failed',
    async cancel() {
      const other = await session.another()
      await other?.query('SELECT pg_cancel_backend($1::integer)', [String(processId)])
      await other?.close()
    },
    async reset() {
      await run(['ROLLBACK', ...forgotten, own].join(';\n'))
    },
    another: session.another,
    close: session.end,
    abandon: session.abandon,
  }
}

type Wire = NodeJS.EventEmitter & { readonly stream: { destroy(): void } }

/** node-postgres keeps its wire connection, an event emitter, in a property that its types leave out. */
export function wire(client: Client): Wire {
  return (client as unknown as { connection: Wire }).connection
}

function transactionStatus(client: Client): 'I' | 'T' | 'E' {
  const status = (client as unknown as { getTransactionStatus(): string | null }).getTransactionStatus()
  return status === 'T' || status === 'E' ? status : 'I'
}

function asResult(result: QueryResult): Result {
  return { rows: result.rows, rowCount: result.rowCount }
}

function asLimbeckError(error: unknown, database: string, completed: number): Error {
  if (!(error instanceof Error) || !isServerError(error)) return new ConnectionLost(database, error)
  const { severity, code, detail, hint, position, where, constraint } = error
  // Class 57P: the server was shut down or an administrator ended the session.
  if (severity === 'FATAL' || code.startsWith('57P')) return new ConnectionLost(database, error)
  const server = {
    severity,
    sqlState: code,
    detail,
    serverHint: hint,
    position: position === undefined ? undefined : Number(position),
    where,
    constraint,
  }
  return new DatabaseError(error.message, server, completed, error)
}

type WireError = Error & {
  readonly code: string
  readonly severity?: string
  readonly detail?: string
  readonly hint?: string
  readonly position?: string
  readonly where?: string
  readonly constraint?: string
}

/** An error of the server's has a five-character SQLSTATE; one of the socket's has a code such as ECONNRESET. */
function isServerError(error: Error): error is WireError {
  return (
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code) &&
    'severity' in error
  )
}
