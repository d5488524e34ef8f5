/**
 * Makes what the examples are compared with: runs them with Alembic itself and writes what the database then is. By hand:
 * `node --wasm-tier-up-filter=0 test/importer/made-by-alembic/make.ts [EXAMPLE …]`, where Debian's python3-alembic and python3-psycopg2 are installed. `orm-typed` needs SQLAlchemy 2, `alembic-utils` that library and alembic_postgresql_enum: `LIMBECK_PYTHON` is a Python that has them.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { openSession } from '../../servers/database.ts'
import { startServer } from '../../servers/server.ts'
import { databaseText } from '../database-text.ts'
import { exampleNames, examplesDirectory } from '../examples.ts'

const python = process.env['LIMBECK_PYTHON'] ?? '/usr/bin/python3'

await using server = await startServer(18)
const asked = process.argv.slice(2)
for (const name of exampleNames().filter((one) => asked.length === 0 || asked.includes(one))) await make(name)

async function make(name: string): Promise<void> {
  const database = `made_${name.replace(/\W/g, '_')}`
  await query('postgres', `CREATE DATABASE "${database}"`)
  const example = join(examplesDirectory, name)
  const scripts = mkdtempSync(join(tmpdir(), 'alembic-'))
  try {
    cpSync(join(import.meta.dirname, 'env.py'), join(scripts, 'env.py'))
    cpSync(join(example, 'versions'), join(scripts, 'versions'), { recursive: true })
    writeFileSync(join(scripts, 'alembic.ini'), `[alembic]\nscript_location = ${scripts}\n`)
    const environment = {
      EXAMPLE: example,
      EXAMPLE_DATABASE: server.url(database),
      PATH: process.env['PATH'] ?? '',
    }
    await alembic(['upgrade', 'heads'], scripts, environment)
    writeFileSync(join(example, 'upgraded.sql'), await stateOf(database))
    const downgraded = join(example, 'downgraded.sql')
    try {
      await alembic(['downgrade', 'base'], scripts, environment)
      writeFileSync(downgraded, await stateOf(database))
    } catch (error) {
      rmSync(downgraded, { force: true })
      console.log(`${name}: Alembic does not downgrade it: ${lastLine(error)}`)
    }
    console.log(`${name}: made`)
  } catch (error) {
    console.log(`${name}: Alembic fails: ${lastLine(error)}`)
    process.exitCode = 1
  } finally {
    rmSync(scripts, { recursive: true, force: true })
  }
}

async function alembic(
  words: readonly string[],
  scripts: string,
  environment: { readonly [name: string]: string },
): Promise<void> {
  const call = 'import sys; from alembic.config import main; main(argv=sys.argv[1:])'
  await promisify(execFile)(python, ['-c', call, '-c', join(scripts, 'alembic.ini'), ...words], {
    env: { ...environment, SQLALCHEMY_SILENCE_UBER_WARNING: '1', PYTHONDONTWRITEBYTECODE: '1' },
  })
}

/** What there is but for Alembic's own table. */
async function stateOf(database: string): Promise<string> {
  const kept = await query(database, 'SELECT version_num FROM alembic_version')
  await query(database, 'DROP TABLE alembic_version')
  const url = server.url(database)
  const text = await databaseText({ url, connect: () => openSession(new pg.Client(url)) })
  await query(database, 'CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)')
  for (const { version_num: version } of kept)
    await query(database, `INSERT INTO alembic_version VALUES ('${version}')`)
  return text
}

async function query(database: string, sql: string): Promise<readonly { version_num?: string }[]> {
  const client = new pg.Client(server.url(database))
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

function lastLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.trim().split('\n').slice(-3).join(' | ')
}
