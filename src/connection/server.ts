import { type DatabaseAddress, describeAddress } from './address.ts'
import { type Connection, ConnectionFailed } from './connection.ts'
import { loadNodePostgres } from './node-postgres.ts'
import { openSession } from './session.ts'
import { losslessTypes } from './types.ts'

/** Opens a session with a server. Loads node-postgres at the first call. */
export async function connectServer(
  address: DatabaseAddress & { readonly type: 'server' },
): Promise<Connection> {
  const pg = await loadNodePostgres()
  const database = describeAddress(address)
  const client = new pg.Client({
    connectionString: address.url,
    application_name: 'limbeck',
    keepAlive: true,
    types: await losslessTypes(),
    connectionTimeoutMillis: 15_000,
  })
  // Before there is a session, a broken socket is told twice: by connect() and by this event.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new ConnectionFailed(database, error)
  }
  return openSession({
    client,
    database,
    embedded: false,
    another: () => connectServer(address),
    end: () => client.end(),
  })
}
