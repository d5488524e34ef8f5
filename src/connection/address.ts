import { resolve } from 'node:path'
import { LimbeckError } from '../error.ts'

/** Where a database is: on a server, or embedded in this process with its files in a directory. */
export type DatabaseAddress =
  | { readonly type: 'server'; readonly url: string }
  | { readonly type: 'embedded'; readonly directory: string }

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

/** Reads `postgres://…`, `postgresql://…` or `pglite:DIRECTORY`. The text is never repeated in an error: it may hold a password. */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  const scheme = url.match(/^[a-z+]+:/i)?.[0] ?? url.slice(0, 0)
  if (scheme === 'pglite:') return { type: 'embedded', directory: resolve(url.slice('pglite:'.length)) }
  if (scheme === 'postgres:' || scheme === 'postgresql:') return { type: 'server', url }
  throw new InvalidDatabaseUrl(scheme)
}

/** The address without its password, for people. */
export function describeAddress(address: DatabaseAddress): string {
  if (address.type === 'embedded') return `pglite:${address.directory}`
  const withoutQuery = address.url.split('?')[0] ?? ''
  return withoutQuery.replace(
    /^(\w+:\/\/)([^/@]*)@/,
    (_, scheme, user) => `${scheme}${String(user).split(':')[0]}@`,
  )
}
