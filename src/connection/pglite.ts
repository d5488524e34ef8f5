import { EventEmitter } from 'node:events'
import { appendFileSync, cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Extension, PGlite } from '@electric-sql/pglite'
import type { ClientConfig } from 'pg'
import { type EmbeddedAddress, type EmbeddedExtension, usualExtensions } from './address.ts'
import type { ThreadStart } from './embedded-messages.ts'

/** Starts PostgreSQL in this thread, on a directory that is made if it is not there. */
export async function startPglite({
  address: { directory, extensions: offered = usualExtensions },
  cache,
}: ThreadStart): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite')
  const extensions = Object.fromEntries(
    await Promise.all(offered.map(async (name) => [name, await loadExtension(name)] as const)),
  )
  if (cache !== null) await copyTemplate({ cache, directory }, PGlite)
  return PGlite.create({ dataDir: directory, extensions })
}

/** Whether there is a database in the directory. */
export function isMade({ directory }: EmbeddedAddress): boolean {
  return existsSync(join(directory, 'PG_VERSION'))
}

type BackendMessages = Awaited<ReturnType<PGlite['execProtocolStream']>>

/** What takes apart what an embedded server has said: node-postgres' own parser, which takes half the time of PGlite's. */
export async function protocolParser(): Promise<(said: Uint8Array) => BackendMessages> {
  const { parse } = await import('pg-protocol')
  return (said) => {
    const messages: BackendMessages = []
    const source = new EventEmitter() as unknown as NodeJS.ReadableStream
    // It hears what the source says at once; its promise waits for an end that never comes.
    void parse(source, (message) => messages.push(message as BackendMessages[number]))
    source.emit('data', Buffer.from(said.buffer, said.byteOffset, said.byteLength))
    return messages
  }
}

/** What node-postgres' `Client` takes to speak with an embedded server that is in another thread. */
export async function clientSettings(
  server: Pick<PGlite, 'execProtocolStream' | 'waitReady'>,
): Promise<ClientConfig> {
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
  // It takes anything that speaks the protocol, and gives a client's configuration, in all but its declared types.
  return createPgConfig(server as PGlite) as unknown as ClientConfig
}

async function loadExtension(name: EmbeddedExtension): Promise<Extension> {
  const module = await import(`@electric-sql/pglite/contrib/${name}`)
  return module[name]
}

/**
 * PostgreSQL's own 128 MB are written to, page by page, before it starts: with these it starts in half the time. What it has read is in the
 * system's cache all the same. https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS
 */
const sharedBuffers = '16MB'

/** What the template of new databases is called: another version, or other settings, have another one. */
export function templateName(): string {
  return `pglite-${pgliteVersion()}-${sharedBuffers}`
}

/** initdb takes seconds, so it runs once a machine: the result is kept and copied. */
async function copyTemplate(
  { cache, directory }: { readonly cache: string; readonly directory: string },
  PGlite: typeof import('@electric-sql/pglite').PGlite,
): Promise<void> {
  const template = join(cache, templateName())
  if (!existsSync(template)) {
    const work = mkdtempSync(`${template}-`)
    const fresh = await PGlite.create({ dataDir: work })
    await fresh.close()
    appendFileSync(join(work, 'postgresql.conf'), `shared_buffers = ${sharedBuffers}\n`)
    try {
      renameSync(work, template)
    } catch (error) {
      rmSync(work, { recursive: true, force: true })
      // Another process was faster; its template is as good.
      if (!existsSync(template)) throw error
    }
  }
  copyDatabase(template, directory)
}

/**
 * Copies an embedded database that nobody has open. Copied beside it and then renamed, so that a run that is killed meanwhile leaves no half
 * of a database.
 */
export function copyDatabase(from: string, to: string): void {
  const copy = mkdtempSync(`${to}-`)
  try {
    cpSync(from, copy, { recursive: true })
    renameSync(copy, to)
  } catch (error) {
    rmSync(copy, { recursive: true, force: true })
    throw error
  }
}

/** The version of PGlite, without loading it. */
export function pgliteVersion(): string {
  const require = createRequire(import.meta.url)
  let directory = dirname(require.resolve('@electric-sql/pglite'))
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory)
  return require(join(directory, 'package.json')).version
}
