import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Server } from '../test/servers/server.ts'
import { inTurn, type Line, timeCommand } from './measure.ts'
import { psqlScript, writeChain } from './revision-files.ts'

const bin = join(import.meta.dirname, '..', 'dist', 'cli', 'bin.js')
const count = 1_000

/** A thousand revisions, a transaction each, against psql with the same statements; and having nothing to do. */
export async function revisionLines(server: Server): Promise<readonly Line[]> {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  try {
    mkdirSync(join(directory, 'migrations'))
    writeChain(join(directory, 'migrations'), count)
    const script = join(directory, 'all.sql')
    writeFileSync(script, psqlScript(count))
    return [await againstPsql(server, directory, script), await nothingToDo(server, directory)]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function againstPsql(server: Server, directory: string, script: string): Promise<Line> {
  const what = `${count} revisions, a transaction each, against psql -f`
  const limit = 'at most 1.30 times psql'
  if (spawnSync('psql', ['--version']).error !== undefined) {
    return { what, measured: 'not measured', limit: `${limit}; psql is not installed`, holds: false }
  }
  const { ratio } = await inTurn(
    5,
    async () => {
      const url = await freshDatabase(server, 'bench_limbeck')
      return timeCommand(process.execPath, [bin, 'upgrade', '--quiet', '--database-url', url], directory)
    },
    async () => {
      const url = await freshDatabase(server, 'bench_psql')
      return timeCommand('psql', ['-q', '-X', '-v', 'ON_ERROR_STOP=1', '-f', script, url])
    },
  )
  return { what, measured: ratio.toFixed(2), limit, holds: ratio <= 1.3 }
}

async function nothingToDo(server: Server, directory: string): Promise<Line> {
  const url = await freshDatabase(server, 'bench_noop')
  await timeCommand(process.execPath, [bin, 'upgrade', '--quiet', '--database-url', url], directory)
  const connectOnly = `import pg from 'pg'; const c = new pg.Client('${url}'); await c.connect(); await c.end()`
  const { first, second } = await inTurn(
    15,
    () => timeCommand(process.execPath, [bin, 'upgrade', '--quiet', '--database-url', url], directory),
    () => timeCommand(process.execPath, ['--input-type=module', '-e', connectOnly], import.meta.dirname),
  )
  const more = first - second
  return {
    what: `upgrade with ${count} applied and nothing to do`,
    measured: `+${more.toFixed(0)} ms`,
    limit: 'at most 80 ms over node and a connection',
    holds: more <= 80,
  }
}

/** Drops and makes a database, outside what is measured. */
export async function freshDatabase(server: Server, name: string): Promise<string> {
  const client = new pg.Client(server.url('postgres'))
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await client.query(`CREATE DATABASE ${name}`)
  await client.query('CHECKPOINT')
  await client.end()
  return server.url(name)
}
