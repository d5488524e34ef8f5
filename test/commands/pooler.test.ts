import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { doctor } from '../../src/index.ts'
import { folder } from '../cli/folder.ts'
import { newestServer } from '../cli/sample.ts'
import { freePort } from '../servers/port.ts'

/** It is a package of the system's, and not on every machine. */
const isThere = spawnSync('pgbouncer', ['--version']).status === 0

test.skipIf(!isThere).each([
  ['transaction', ['the session changes between statements: a pooler in transaction mode stands in between']],
  ['session', []],
])('a pgbouncer in mode %s is known by what it does', async (mode, expected) => {
  await using database = await newestServer().open()
  await using its = await folder({ 'migrations/.keep': '' })
  const port = await freePort()
  const url = new URL(database.url)
  chmodSync(its.directory, 0o755)
  writeFileSync(join(its.directory, 'users.txt'), `"${url.username}" ""\n`)
  writeFileSync(
    join(its.directory, 'pooler.ini'),
    `[databases]
* = host=${url.hostname} port=${url.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${its.directory}/users.txt
pool_mode = ${mode}
ignore_startup_parameters = extra_float_digits, options
`,
  )
  const words = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const pooler = spawn('pgbouncer', [...words, join(its.directory, 'pooler.ini')], { stdio: 'ignore' })
  try {
    await listening(port, pooler)
    url.port = String(port)
    const { findings } = await doctor({ directory: its.directory, database: url.href })
    const found = findings.filter(
      ({ level, what }) => level !== 'ok' && !what.startsWith('the server is set'),
    )
    expect(found.map(({ what }) => what)).toEqual(expected)
  } finally {
    pooler.kill('SIGINT')
    await once(pooler, 'exit')
  }
})

async function listening(port: number, { exitCode }: ChildProcess): Promise<void> {
  while (exitCode === null) {
    const socket = connect({ port, host: '127.0.0.1' })
    try {
      await once(socket, 'connect')
      return
    } catch {
      await sleep(50)
    } finally {
      socket.destroy()
    }
  }
}
