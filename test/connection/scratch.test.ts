import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseDatabaseUrl } from '../../src/connection/address.ts'
import { connect } from '../../src/connection/connect.ts'
import { createEmbeddedScratch, createScratch } from '../../src/connection/scratch.ts'
import { newestServer } from '../cli/sample.ts'

test('what a killed process has left of a scratch goes with the next one, and what is in use stays', async () => {
  const { pid: gone } = spawnSync(process.execPath, ['-e', ''])
  const left = join(tmpdir(), `limbeck-scratch-${hostname()}-${gone}-abcdef`)
  const elsewhere = join(tmpdir(), `limbeck-scratch-other.example-${gone}-abcdef`)
  await Promise.all([left, elsewhere].map((folder) => mkdir(folder)))
  const first = await createEmbeddedScratch()
  await mkdir(first.address.directory)
  const second = await createEmbeddedScratch()
  expect([left, elsewhere, first.address.directory].map((folder) => existsSync(folder))).toEqual([
    false,
    true,
    true,
  ])
  await Promise.all([first.drop(), second.drop(), rm(elsewhere, { recursive: true })])
  expect(existsSync(dirname(first.address.directory))).toBe(false)
})

test.skipIf(process.platform === 'win32')('what somebody else has left is in the way of nobody', async () => {
  const { pid: gone } = spawnSync(process.execPath, ['-e', ''])
  const left = join(tmpdir(), `limbeck-scratch-${hostname()}-${gone}-closed`)
  await mkdir(join(left, 'database'), { recursive: true })
  await chmod(left, 0)
  const file = new URL('../../src/connection/scratch-folder.ts', import.meta.url).href
  const code = `import { rmdirSync } from 'node:fs'; import { scratchFolder } from '${file}'; rmdirSync(await scratchFolder())`
  // Nothing is closed to root.
  const isRoot = process.getuid?.() === 0
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
  })
  await chmod(left, 0o700)
  await rm(left, { recursive: true })
  expect(stderr).toBe('')
})

test('a scratch database of a session that is gone is dropped, and one of a session that is there is not', async () => {
  const database = await newestServer().open()
  const connection = await connect(database.url)
  const name = (pid: number) => `limbeck_scratch_${pid}_left`
  await connection.run(`CREATE DATABASE ${name(2_000_000_000)}`)
  await connection.run(`CREATE DATABASE ${name(connection.processId)}`)
  const scratch = await createScratch(parseDatabaseUrl(database.url), connection)
  const [found] = await connection.run(
    "SELECT datname FROM pg_database WHERE datname LIKE '%_left' ORDER BY 1",
  )
  expect(found?.rows).toEqual([{ datname: name(connection.processId) }])
  await scratch.drop()
  await connection.run(`DROP DATABASE ${name(connection.processId)}`)
  await connection.close()
  await database.drop()
})
