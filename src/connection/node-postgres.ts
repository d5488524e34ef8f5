import type pg from 'pg'

/** Loads node-postgres, the driver for servers and for the embedded database alike. */
export async function loadNodePostgres(): Promise<typeof pg> {
  return (await import('pg')).default
}
