import { resolve } from 'node:path'
import { LimbeckError } from '../error.ts'

/** Where a database is: on a server, or embedded in this process with its files in a directory or in memory, where each connection has one of its own. */
export type DatabaseAddress =
  | { readonly type: 'server'; readonly url: string }
  | {
      readonly type: 'embedded'
      readonly directory: string
      /** Those that can be created in it. Default: the usual ones. */
      readonly extensions?: readonly EmbeddedExtension[]
    }
  | {
      readonly type: 'memory'
      /** The files that it begins with, as those of another were kept, or the file in which they are; null: it is empty. */
      readonly image: Uint8Array | string | null
      readonly extensions?: readonly EmbeddedExtension[]
    }

export type EmbeddedAddress = DatabaseAddress & { readonly type: 'embedded' }
export type MemoryAddress = DatabaseAddress & { readonly type: 'memory' }
/** Where a database is the same when it is opened again. */
export type LastingAddress = Exclude<DatabaseAddress, MemoryAddress>

/** The version of PostgreSQL that an embedded database is. */
export const embeddedMajor = 18

/** The extensions that an embedded database can have, as their modules are called. */
export const embeddedExtensions = [
  ...[
    'amcheck',
    'auto_explain',
    'bloom',
    'btree_gin',
    'btree_gist',
    'citext',
    'cube',
    'dict_int',
    'dict_xsyn',
  ],
  ...[
    'earthdistance',
    'file_fdw',
    'fuzzystrmatch',
    'hstore',
    'intarray',
    'isn',
    'lo',
    'ltree',
    'moddatetime',
  ],
  ...['pageinspect', 'pg_buffercache', 'pg_freespacemap', 'pg_stat_statements', 'pg_surgery', 'pg_trgm'],
  ...['pg_visibility', 'pg_walinspect', 'pgcrypto', 'seg', 'tablefunc', 'tcn', 'tsm_system_rows'],
  ...['tsm_system_time', 'unaccent', 'uuid_ossp'],
] as const

export type EmbeddedExtension = (typeof embeddedExtensions)[number]

/** Those that every one offers to CREATE EXTENSION which is not told which: each costs some 10 ms at the start. */
export const usualExtensions = [
  ...['btree_gin', 'btree_gist', 'citext', 'fuzzystrmatch', 'hstore', 'intarray', 'ltree', 'pg_trgm'],
  ...['pgcrypto', 'unaccent', 'uuid_ossp'],
] as const satisfies readonly EmbeddedExtension[]

/** Those that texts of SQL may ask for: whoever creates one has to name it, or one that needs it. */
export function extensionsIn(texts: readonly string[]): readonly EmbeddedExtension[] {
  const said = texts.map((text) => text.toLowerCase().replaceAll('uuid-ossp', 'uuid_ossp')).join('\n')
  const isSaid = (name: string) => said.includes(name) && new RegExp(`\\b${name}\\b`).test(said)
  return embeddedExtensions.filter((name) => isSaid(name) || (name === 'cube' && isSaid('earthdistance')))
}

/** A database URL that is neither a server's nor an embedded database's. */
export class InvalidDatabaseUrl extends LimbeckError {
  readonly code = 'INVALID_DATABASE_URL'
  readonly scheme: string

  constructor(scheme: string) {
    super(`A database URL cannot begin with ${JSON.stringify(scheme)}.`, {
      hint: 'Write postgres://user@host:5432/name for a server, or pglite:DIRECTORY for an embedded database.',
    })
    this.scheme = scheme
  }
}

/** A server's URL that cannot be taken apart. */
export class UnreadableDatabaseUrl extends LimbeckError {
  readonly code = 'UNREADABLE_DATABASE_URL'

  constructor() {
    super('The database URL cannot be taken apart. It is not shown here, because it may hold a password.', {
      hint: 'It has to read postgres://user:password@host:5432/name. In a user or password write / as %2F, ? as %3F, # as %23 and @ as %40.',
    })
  }
}

/** Reads `postgres://…`, `postgresql://…` or `pglite:DIRECTORY`. The text is never repeated in an error: it may hold a password. */
export function parseDatabaseUrl(url: string): LastingAddress {
  const scheme = url.match(/^[a-z+]+:/i)?.[0] ?? url.slice(0, 0)
  if (scheme === 'pglite:') return { type: 'embedded', directory: resolve(url.slice('pglite:'.length)) }
  if (scheme !== 'postgres:' && scheme !== 'postgresql:') throw new InvalidDatabaseUrl(scheme)
  checkServerUrl(url)
  return { type: 'server', url }
}

/** The address without its password, for people. */
export function describeAddress(address: DatabaseAddress): string {
  if (address.type === 'embedded') return `pglite:${address.directory}`
  if (address.type === 'memory') return 'an embedded database in memory'
  const { protocol, username, host, pathname } = urlParts(address.url)
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`
}

/** The same server's URL for another of its databases. */
export function onDatabase(url: string, database: string): string {
  // Behind user, host and port, up to the parameters.
  return url.replace(
    /^([a-z]+:\/\/[^/?#]*)(?:\/[^?#]*)?/i,
    (_, server) => `${server}/${encodeURIComponent(database)}`,
  )
}

/** A password with an unescaped /, ? or # ends too early, and its rest would be taken for the database's name. */
function checkServerUrl(url: string): void {
  const { pathname, hash, searchParams } = urlParts(url)
  const misplaced = [pathname, hash, ...searchParams.keys()].some((part) => part.includes('@'))
  if (misplaced) throw new UnreadableDatabaseUrl()
}

/** The host may be left out after a user, where a parameter names a socket: JavaScript's URL takes no such thing. */
function urlParts(
  url: string,
): Pick<URL, 'protocol' | 'username' | 'host' | 'pathname' | 'hash' | 'searchParams'> {
  const whole = URL.parse(url)
  if (whole !== null) return whole
  const placeholder = URL.parse(url.replace('@/', '@socket/'))
  if (placeholder === null) throw new UnreadableDatabaseUrl()
  const { protocol, username, pathname, hash, searchParams } = placeholder
  return { protocol, username, host: '', pathname, hash, searchParams }
}
