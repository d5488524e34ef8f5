import { randomBytes } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { cachedDirectory } from './cache.ts'
import { openSession, type Session, type Target, testDatabase } from './database.ts'
import { copyDirectory } from './run.ts'

/**
 * PGlite on directories, copied from one that was made once: a copy and an open take 0.2 s and 0.2 GB, a new
 * PGlite 5 s and 0.5 GB. A directory can be open once at a time.
 */
export function pgliteTarget(parent: string): Target {
  const create = async (template: string) => {
    const directory = join(parent, randomBytes(6).toString('hex'))
    await copyDirectory(template, directory)
    return testDatabase({
      url: `pglite:${directory}`,
      connect: () => connect(directory),
      drop: () => rm(directory, { recursive: true, force: true }),
    })
  }
  return {
    name: 'PGlite',
    kind: 'pglite',
    major: 18,
    open: async () => create(await pgliteTemplate()),
    copy: (original) => create(original.url.slice('pglite:'.length)),
  }
}

/** Opens a directory with the extensions that tests use. */
export async function openPGlite(directory: string): Promise<PGlite> {
  const [{ PGlite }, ...extensions] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite/contrib/btree_gist'),
    import('@electric-sql/pglite/contrib/citext'),
    import('@electric-sql/pglite/contrib/hstore'),
    import('@electric-sql/pglite/contrib/pg_trgm'),
    import('@electric-sql/pglite/contrib/pgcrypto'),
    import('@electric-sql/pglite/contrib/uuid_ossp'),
  ])
  return PGlite.create(directory, { extensions: Object.assign({}, ...extensions) })
}

function pgliteTemplate(): Promise<string> {
  return cachedDirectory(`pglite-${pgliteVersion()}-16MB`, async (directory) => {
    const created = await openPGlite(directory)
    await created.close()
    // PostgreSQL's own 128 MB are written to, page by page, at each start.
    appendFileSync(join(directory, 'postgresql.conf'), 'shared_buffers = 16MB\n')
  })
}

async function connect(directory: string): Promise<Session> {
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
  const opened = await openPGlite(directory)
  return openSession(new pg.Client(createPgConfig(opened)), () => opened.close())
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(dirname(dirname(entry)), 'package.json'), 'utf8'),
  )
  return version
}
