import { chown, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Major } from './binaries.ts'
import { temporaryDirectory } from './cache.ts'
import { freePort } from './port.ts'
import { type Postmaster, startPostmaster } from './postmaster.ts'
import { copyDirectory, serverUser } from './run.ts'
import { serverTemplate, type Template } from './template.ts'

export type Server = {
  readonly major: Major
  readonly host: '127.0.0.1'
  /** The same after a restart. */
  readonly port: number
  /** The folder of the unix socket; give it to pg as `host`. */
  readonly socketDirectory: string
  /** What the server has written to its log so far. */
  readonly log: () => Promise<string>
  readonly url: (database: string) => string
  /** Ends the server without a checkpoint and removes its data. */
  readonly stop: () => Promise<void>
  /** Ends the postmaster and all backends with SIGKILL. The data stays, for `restart`. */
  readonly kill: () => Promise<void>
  /** Starts the server again on its data, after `kill`, or after a clean shutdown if it runs. */
  readonly restart: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export type ServerOptions = {
  readonly port?: number
  /** Settings over the usual ones: `{ lock_timeout: '1s' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

export class ServerNotStarted extends Error {
  constructor(major: Major, log: string) {
    super(`PostgreSQL ${major} did not start. Its log ends:\n${log.slice(-2000)}`)
    this.name = 'ServerNotStarted'
  }
}

/**
 * No setting that loses a commit when the server is killed: without fsync the OS still has what was written, but
 * with `synchronous_commit = off` commits would be lost that a crash test has seen.
 */
const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'logical',
  max_wal_size: '256MB',
  max_connections: '120',
  max_prepared_transactions: '20',
  // In the data directory and gone with it; a killed server's posix segments would stay.
  dynamic_shared_memory_type: 'mmap',
}

/**
 * A real server of that major on data of its own, ready for connections of user postgres without a password.
 *
 * @example
 * await using server = await startServer(18)
 * const client = new pg.Client(server.url('postgres'))
 */
export async function startServer(major: Major, options: ServerOptions = {}): Promise<Server> {
  const template = await serverTemplate(major)
  const directory = await temporaryDirectory('server')
  const removeDirectory = () => rm(directory, { recursive: true, force: true })
  const port = options.port ?? (await freePort())
  const launch = { major, template, directory, port, settings: { ...settings, ...options.settings } }
  await copyData(template, directory)
  let postmaster = await startUntilReady(launch).catch(async (error) => {
    await removeDirectory()
    throw error
  })

  const stop = async () => {
    await postmaster.shutDown('immediate')
    await removeDirectory()
  }
  return {
    major,
    host: '127.0.0.1',
    port,
    socketDirectory: directory,
    log: () => readFile(join(directory, 'server.log'), 'utf8'),
    url: (database) => `postgresql://postgres@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    stop,
    kill: () => postmaster.kill(),
    async restart() {
      await postmaster.shutDown('fast')
      postmaster = await startUntilReady(launch)
    },
    [Symbol.asyncDispose]: stop,
  }
}

type Launch = {
  readonly major: Major
  readonly template: Template
  readonly directory: string
  readonly port: number
  readonly settings: Readonly<Record<string, string>>
}

async function copyData(template: Template, directory: string): Promise<void> {
  await copyDirectory(template.data, join(directory, 'data'))
  const user = serverUser()
  if (user) await chown(directory, user.uid, user.gid)
}

async function startUntilReady(launch: Launch): Promise<Postmaster> {
  const { major, directory, port } = launch
  const all = { ...launch.settings, port, listen_addresses: '127.0.0.1', unix_socket_directories: directory }
  const postmaster = startPostmaster({
    program: join(launch.template.binaries, 'bin/postgres'),
    args: [
      '-D',
      join(directory, 'data'),
      ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    directory,
  })
  // The socket is in a folder of this server's own, so the answer cannot come from another server.
  while (!(await isReady({ host: directory, port }))) {
    if (postmaster.hasExited()) {
      throw new ServerNotStarted(major, await readFile(join(directory, 'server.log'), 'utf8'))
    }
    await sleep(10)
  }
  return postmaster
}

async function isReady(address: { readonly host: string; readonly port: number }): Promise<boolean> {
  const client = new pg.Client({ ...address, user: 'postgres', database: 'postgres' })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
