import { type DatabaseAddress, type LastingAddress, type MemoryAddress, parseDatabaseUrl } from './address.ts'
import type { Connection } from './connection.ts'
import type { MemoryConnection } from './embedded.ts'

/** For a driver that is not ours: what the `Client` and the `Pool` of node-postgres take. */
export type DriverSettings = {
  readonly client: object
  close(): Promise<void>
  /** Cuts an embedded database off, whatever it is doing. Sessions with a server are the driver's own. */
  abandon(): void
}

/** Opens a session with a database by its address, or by a URL that says one. */
export async function connect(target: DatabaseAddress | string): Promise<Connection> {
  const address = typeof target === 'string' ? parseDatabaseUrl(target) : target
  if (address.type === 'embedded') return (await import('./embedded.ts')).openEmbedded(address)
  if (address.type === 'memory') return connectInMemory(address)
  return (await import('./server.ts')).connectServer(address)
}

/** The same with one in memory, of which an image can be had. */
export async function connectInMemory(address: MemoryAddress): Promise<MemoryConnection> {
  return (await import('./embedded.ts')).openInMemory(address)
}

/** Lets a node-postgres that is somebody else's connect with a database, which nobody else may have meanwhile where it is embedded. */
export async function openForDriver(address: LastingAddress): Promise<DriverSettings> {
  if (address.type === 'embedded') return (await import('./embedded.ts')).openEmbeddedForDriver(address)
  return { client: { connectionString: address.url }, close: async () => {}, abandon() {} }
}
