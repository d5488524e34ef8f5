import { type DatabaseAddress, parseDatabaseUrl } from './address.ts'
import type { Connection } from './connection.ts'

/** Opens a session with a database by its address, or by a URL that says one. */
export async function connect(target: DatabaseAddress | string): Promise<Connection> {
  const address = typeof target === 'string' ? parseDatabaseUrl(target) : target
  if (address.type === 'embedded') return (await import('./embedded.ts')).openEmbedded(address)
  return (await import('./server.ts')).connectServer(address)
}
