import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LimbeckError } from '../error.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import {
  type DatabaseAddress,
  type EmbeddedAddress,
  type EmbeddedExtension,
  embeddedExtensions,
  type LastingAddress,
  type MemoryAddress,
  onDatabase,
} from './address.ts'
import { type Connection, DatabaseError } from './connection.ts'
import { copyDatabase } from './pglite.ts'
import { scratchFolder } from './scratch-folder.ts'

/** An empty database, for as long as something is tried in it. */
export type Scratch<Address extends DatabaseAddress = DatabaseAddress> = {
  readonly address: Address
  drop(): Promise<void>
}

/** The role may not make a database. */
export class NoScratchDatabase extends LimbeckError {
  readonly code = 'NO_SCRATCH_DATABASE'

  constructor(cause: DatabaseError) {
    super(`An empty database beside this one cannot be made: ${cause.message}`, {
      hint: 'The revisions are tried in one, which is dropped again. Give the role CREATEDB, or point --database-url at a copy that it may do this beside.',
      cause,
    })
  }
}

/**
 * Makes an empty database beside one that is connected: on the same server, with the same encoding, collation and settings; of an embedded
 * one, embedded in a folder of its own. https://www.postgresql.org/docs/current/sql-createdatabase.html
 */
export async function createScratch(
  address: DatabaseAddress,
  connection: Connection,
): Promise<Scratch<LastingAddress>> {
  if (address.type !== 'server') return createEmbeddedScratch()
  await dropAbandoned(connection)
  const name = `limbeck_scratch_${connection.processId}_${Date.now().toString(36)}`
  const [made] = await connection.run(creation(name))
  const [settings] = await connection.run(carriedSettings(name))
  try {
    await connection.run(String(made?.rows[0]?.['command']))
    for (const { command } of settings?.rows ?? []) await connection.run(String(command))
  } catch (error) {
    // What was refused may be one of its settings: then it is there.
    await connection.run(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)}`).catch(() => {})
    if (error instanceof DatabaseError && error.server.sqlState === '42501')
      throw new NoScratchDatabase(error)
    throw error
  }
  return {
    address: { type: 'server', url: onDatabase(address.url, name) },
    async drop() {
      await connection.run(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`)
    },
  }
}

/** How an embedded scratch begins: with the files of another, and with which extensions to create. Default: empty, and all. */
export type MemoryScratchOptions = {
  readonly image?: MemoryAddress['image']
  readonly extensions?: readonly EmbeddedExtension[]
}

/** Makes an embedded database in memory, for one connection: no server is asked. */
export function createMemoryScratch({
  image = null,
  extensions = embeddedExtensions,
}: MemoryScratchOptions = {}): Scratch<MemoryAddress> {
  return { address: { type: 'memory', image, extensions }, async drop() {} }
}

/** Makes an embedded database in a folder of its own, for who opens it again and again. `from`: the directory of another. */
export async function createEmbeddedScratch(from?: string): Promise<Scratch<EmbeddedAddress>> {
  const folder = await scratchFolder()
  const directory = join(folder, 'database')
  if (from !== undefined) copyDatabase(from, directory)
  return {
    address: { type: 'embedded', directory, extensions: embeddedExtensions },
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Drops what processes have left that were killed: the session whose number a scratch has in its name is there as long as it is used. */
async function dropAbandoned(connection: Connection): Promise<void> {
  const [found] = await connection.run(`SELECT d.datname AS name FROM pg_database d
    WHERE d.datname ~ '^limbeck_scratch_[0-9]+_[0-9a-z]+$' AND pg_has_role(d.datdba, 'USAGE') AND NOT EXISTS (
      SELECT FROM pg_stat_activity a WHERE a.pid::text = split_part(d.datname, '_', 3) OR a.datname = d.datname)`)
  for (const { name } of found?.rows ?? [])
    await connection.run(`DROP DATABASE IF EXISTS ${quoteIdentifier(String(name))}`).catch(() => {})
}

/** Asks for CREATE DATABASE with what only it can say. Where the provider of the locale is stored depends on the version. */
function creation(name: string): string {
  return `SELECT format('CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L',
      pg_encoding_to_char(encoding), datcollate, datctype)
    || CASE provider WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L', locale)
      WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', locale) ELSE '' END AS command
  FROM pg_database d CROSS JOIN LATERAL (SELECT to_jsonb(d) ->> 'datlocprovider',
    coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')) found (provider, locale)
  WHERE datname = current_database()`
}

/** What the database says for every role; a list is stored as it is written. */
function carriedSettings(name: string): string {
  const lists = ['search_path', 'temp_tablespaces', 'session_preload_libraries', 'local_preload_libraries']
  return `SELECT format('ALTER DATABASE ${quoteIdentifier(name)} SET %s TO ', split_part(setting, '=', 1))
    || CASE WHEN split_part(setting, '=', 1) IN (${lists.map(quoteLiteral).join(', ')}) THEN value ELSE quote_literal(value) END AS command
  FROM pg_db_role_setting CROSS JOIN LATERAL unnest(setconfig) setting
  CROSS JOIN LATERAL substr(setting, strpos(setting, '=') + 1) value
  WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())`
}
