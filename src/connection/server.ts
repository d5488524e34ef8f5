import type { Client, ClientConfig } from 'pg'
import { type DatabaseAddress, describeAddress } from './address.ts'
import { type Connection, ConnectionFailed } from './connection.ts'
import { copyOverSocket } from './copy.ts'
import { loadNodePostgres } from './node-postgres.ts'
import { openSession, wire } from './session.ts'
import { losslessTypes } from './types.ts'

/** Opens a session with a server. Loads node-postgres at the first call. */
export async function connectServer(
  address: DatabaseAddress & { readonly type: 'server' },
): Promise<Connection> {
  const database = describeAddress(address)
  const client = await connectedClient({
    connectionString: address.url,
    application_name: 'limbeck',
    keepAlive: true,
    types: await losslessTypes(),
    connectionTimeoutMillis: 15_000,
  }).catch((error: unknown) => {
    throw new ConnectionFailed(database, error)
  })
  return openSession({
    client,
    database,
    embedded: false,
    copyIn: copyOverSocket,
    another: () => connectServer(address),
    end: () => client.end(),
    // Nothing that is said to a server at work is heard; what it is at ends with its database.
    abandon: () => wire(client).stream.destroy(),
  })
}

/** The client reads the files that a URL names, certificates and keys, before it connects; that can fail too. */
async function connectedClient(config: ClientConfig): Promise<Client> {
  const pg = await loadNodePostgres()
  const client = new pg.Client(config)
  // Before there is a session, a broken socket is told twice: by connect() and by this event.
  client.on('error', () => {})
  await client.connect()
  return client
}
