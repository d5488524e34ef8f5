import { EventEmitter } from 'node:events'
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Extension, PGlite, PGliteOptions } from '@electric-sql/pglite'
import type { ClientConfig } from 'pg'
import type { EmbeddedExtension } from './address.ts'
import type { FilesInMemory, ThreadStart } from './embedded-messages.ts'
import { packed } from './image.ts'
import { imageOf, memoryFiles, placeOf } from './memory-files.ts'
import { writeWhole } from './write-whole.ts'

type Module = typeof import('@electric-sql/pglite')

/** TypeScript declares it for browsers alone. */
declare const WebAssembly: { compile(code: Uint8Array): Promise<object> }

const require = createRequire(import.meta.url)

/** Loads it, as every start of a database does: who knows that there will be one begins with it. */
export async function loadPglite(): Promise<Module> {
  return await import('@electric-sql/pglite')
}

/** Compiles PostgreSQL; a process does not stay alive for it. */
export async function compilePostgres(): Promise<object> {
  // Read at once, in some milliseconds: in pieces it would come whenever this thread has nothing else to do.
  return WebAssembly.compile(readFileSync(join(dirname(pgliteEntry()), 'pglite.wasm')))
}

/** Starts PostgreSQL in this thread; a database that is not there is made. */
export async function startPglite(
  { files, extensions: offered, cache }: ThreadStart,
  postgres: object,
): Promise<PGlite> {
  const module = await loadPglite()
  const extensions = Object.fromEntries(
    await Promise.all(offered.map(async (name) => [name, await loadExtension(name)] as const)),
  )
  const place =
    'directory' in files ? inDirectory({ ...files, cache }, module) : inMemory({ ...files, cache }, module)
  class Server extends module.PGlite {
    /** It asks for the types of arrays, to read them. What is said to this one, and what it says, passes through as it is. */
    override async _initArrayTypes(): Promise<void> {}
  }
  const server = new Server({ ...(await place), extensions, pgliteWasmModule: postgres })
  await server.waitReady
  return server
}

type Cached = { readonly cache: string }

async function inDirectory(
  { directory, cache }: { readonly directory: string } & Cached,
  module: Module,
): Promise<PGliteOptions> {
  if (!existsSync(join(directory, 'PG_VERSION'))) await copyTemplate({ cache, directory }, module)
  return { dataDir: directory }
}

async function inMemory({ image, cache }: FilesInMemory & Cached, module: Module): Promise<PGliteOptions> {
  const beginning = image ?? (await templateImage(cache, module))
  // It is read while WebAssembly is compiled. Whoever starts it is told if it cannot be.
  const bytes = typeof beginning === 'string' ? readFile(beginning) : Promise.resolve(beginning)
  bytes.catch(() => {})
  return {
    fs: memoryFiles(module, bytes),
    startParams: [...module.PGlite.defaultStartParams, '-c', `shared_buffers=${sharedBuffers}`],
  }
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

/** Loads what lets node-postgres speak with it. */
export async function loadAdapter(): Promise<typeof import('@electric-sql/pglite/node-postgres')> {
  return await import('@electric-sql/pglite/node-postgres')
}

/** What node-postgres' `Client` takes to speak with an embedded server that is in another thread. */
export async function clientSettings(
  server: Pick<PGlite, 'execProtocolStream' | 'waitReady'>,
): Promise<ClientConfig> {
  const { createPgConfig } = await loadAdapter()
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
  { PGlite }: Module,
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

/** What the image of a new database in memory is called: an image that a newer Node has written may not be read by an older one. */
export function imageName(): string {
  return `${templateName()}-node${process.versions.node.split('.')[0]}`
}

/** Whether initdb has run on this machine for databases in memory. */
export function hasTemplateImage(cache: string): boolean {
  return existsSync(join(cache, imageName()))
}

/** The same for databases in memory. What is written ahead is in files of 1 MB there, and not of 16, which would be copied for each of them. */
async function templateImage(cache: string, module: Module): Promise<string> {
  const file = join(cache, imageName())
  if (!hasTemplateImage(cache)) {
    const fs = memoryFiles(module, null)
    const fresh = await module.PGlite.create({ fs, initDbStartParams: ['--wal-segsize=1'] })
    const place = placeOf(fresh)
    await fresh.close()
    writeWhole(file, packed(imageOf(place)))
  }
  return file
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
  let directory = dirname(pgliteEntry())
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory)
  return require(join(directory, 'package.json')).version
}

/** The file that is loaded for it, beside which all others are. */
function pgliteEntry(): string {
  return require.resolve('@electric-sql/pglite')
}
