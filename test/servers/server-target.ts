import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openSession, type Target, testDatabase } from './database.ts'
import type { RunningServer } from './global-setup.ts'

export type TestServer = Target & {
  readonly kind: 'server'
  readonly url: (database: string) => string
}

/** Databases on a server that the global setup has started. */
export function serverTarget({ major, port }: RunningServer): TestServer {
  const url = (database: string) => `postgresql://postgres@127.0.0.1:${port}/${database}`
  // Copying files is quicker than the default of 15 on, which writes them to the write-ahead log.
  const strategy = major >= 15 ? 'STRATEGY file_copy' : ''
  let kept: pg.Pool | undefined
  const administer = (sql: string) => {
    kept ??= administrator(url('postgres'))
    return kept.query(sql)
  }

  const create = async (template: string) => {
    const name = `test_${randomBytes(6).toString('hex')}`
    await administer(`CREATE DATABASE ${name} TEMPLATE ${template} ${strategy}`)
    return testDatabase({
      url: url(name),
      connect: () => openSession(new pg.Client({ connectionString: url(name) })),
      drop: async () => {
        await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      },
    })
  }

  return {
    name: `PostgreSQL ${major}`,
    kind: 'server',
    major,
    url,
    open: () => create('template0'),
    copy: (original) => create(new URL(original.url).pathname.slice(1)),
  }
}

function administrator(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true })
  // The server ends while the connection is idle; a query after that fails with a reason of its own.
  pool.on('error', () => {})
  return pool
}
