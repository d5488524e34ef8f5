import { EventEmitter } from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import type { Extension, PGlite, PGliteOptions } from '@electric-sql/pglite'
import type { ClientConfig } from 'pg'
import type { EmbeddedExtension } from './address.ts'
import type { DatabaseFiles, FilesInMemory, ThreadStart } from './embedded-messages.ts'
import { packed, unpacked } from './image.ts'
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
  if (!isDatabase(directory)) writeImage(await newDatabase(cache, module), directory)
  return { dataDir: directory }
}

async function inMemory({ image, cache }: FilesInMemory & Cached, module: Module): Promise<PGliteOptions> {
  const beginning = image ?? (await newDatabase(cache, module))
  // It is read while WebAssembly is compiled. Whoever starts it is told if it cannot be.
  const bytes = typeof beginning === 'string' ? readFile(beginning) : Promise.resolve(beginning)
  bytes.catch(() => {})
  return {
    fs: memoryFiles(module, bytes),
    startParams: [...module.PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])],
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
 * PostgreSQL's own 128 MB of buffers are written to, page by page, before it starts: with 16 it starts in half the time. What it has read is in the
 * system's cache all the same. https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS
 * initdb makes of small files of the write-ahead log a small log, and then there are many checkpoints.
 */
const settings = ['shared_buffers=16MB', 'max_wal_size=1GB']

/** What the image of a new database is called, and what all others are told apart by. */
export function imageName(): string {
  return `pglite-${pgliteVersion()}.2.image`
}

/** Whether initdb, which takes seconds, has to run before there is a database that is to be new. */
export function needsInitdb(files: DatabaseFiles, cache: string): boolean {
  const isNew = 'directory' in files ? !isDatabase(files.directory) : files.image === null
  return isNew && !existsSync(join(cache, imageName())) && !existsSync(shippedImage())
}

function isDatabase(directory: string): boolean {
  return existsSync(join(directory, 'PG_VERSION'))
}

/** The package has that of the PGlite with which it was built, compressed: a machine that sees Limbeck the first time, as each of CI does, saves the seconds. */
export function shippedImage(): URL {
  return new URL(`./${imageName()}.br`, import.meta.url)
}

/** Of a new database, about: else it is unpacked in pieces of 16 kB. */
const imageSize = 16 * 1024 * 1024

/** The image of a new database, as it is kept on this machine. */
async function newDatabase(cache: string, module: Module): Promise<string> {
  const file = join(cache, imageName())
  if (!existsSync(file)) {
    const shipped = shippedImage()
    writeWhole(
      file,
      existsSync(shipped)
        ? brotliDecompressSync(readFileSync(shipped), { chunkSize: imageSize })
        : await newImage(module),
    )
  }
  return file
}

/** Runs initdb. What is written ahead is in files of 1 MB there, and not of 16, which would be copied for each database. */
export async function newImage(module: Module): Promise<Uint8Array> {
  const fs = memoryFiles(module, null)
  const fresh = await module.PGlite.create({ fs, initDbStartParams: ['--wal-segsize=1'] })
  const place = placeOf(fresh)
  await fresh.close()
  return packed(imageOf(place))
}

/** Copies an embedded database that nobody has open. */
export function copyDatabase(from: string, to: string): void {
  writeBeside(to, (copy) => cpSync(from, copy, { recursive: true }))
}

/** A new database in a directory, with what PostgreSQL is given in memory when it starts. */
function writeImage(file: string, directory: string): void {
  const { directories, files } = unpacked(readFileSync(file))
  writeBeside(directory, (copy) => {
    for (const path of directories) mkdirSync(copy + path, { mode: 0o700 })
    for (const [path, bytes] of files) writeFileSync(copy + path, bytes, { mode: 0o600 })
    appendFileSync(join(copy, 'postgresql.conf'), settings.map((setting) => `${setting}\n`).join(''))
  })
}

/** Written beside it and then renamed, so that a run that is killed meanwhile leaves no half of a database. */
function writeBeside(directory: string, write: (copy: string) => void): void {
  const copy = mkdtempSync(`${directory}-`)
  try {
    write(copy)
    renameSync(copy, directory)
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
