import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../servers/database.ts'
import { type Server, startServer } from '../servers/server.ts'
import { chain, type Folder, folder, type Outcome } from './folder.ts'
import { newestServer, sampleRevisions } from './sample.ts'

const password = 'correct-horse-9137'

describe('on a server that asks for a password', () => {
  let server: Server
  beforeAll(async () => {
    server = await passwordServer()
  })
  afterAll(() => server.stop())

  const deployerUrl = (given: string) =>
    `postgresql://deployer:${given}@127.0.0.1:${server.port}/postgres?password_of=${given}`

  test('a wrong one is refused without being shown', async () => {
    await using project = await folder(sampleRevisions)
    for (const line of [['upgrade'], ['status', '--json'], ['doctor']]) {
      const outcome = await project.limbeck(...line, '--database-url', deployerUrl('wrong-battery-2718'))
      expect(outcome.exitCode).toBe(1)
      expect(everything(outcome)).toContain('password authentication failed')
      expect(everything(outcome)).not.toContain('wrong-battery')
    }
  })

  test('the right one is in nothing that is printed, and nowhere in the ledger', async () => {
    await using project = await folder({
      ...sampleRevisions,
      ...chain({ failing: { down: 'default_nickname', upgrade: failing } }),
    })
    const outcomes = await everyCommand(project, ['--database-url', deployerUrl(password)])
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 1, 0, 0, 3, 0, 0, 0, 1])
    for (const outcome of outcomes) expect(everything(outcome)).not.toContain(password)
    expect(everything(outcomes[2])).toContain(`postgresql://deployer@127.0.0.1:${server.port}/postgres`)

    const ledger = await ledgerText(server)
    expect(ledger).toContain('division by zero')
    expect(ledger).not.toContain(password)
  })
})

describe('a URL that is no use shows no password', () => {
  test.each([
    ['of another database', `mysql://deployer:${password}@127.0.0.1/app`, 'cannot begin with "mysql:"'],
    ['without a scheme', `deployer:${password}@127.0.0.1/app`, 'cannot begin with'],
    ['with a / in the password', `postgres://deployer:${password}/x@127.0.0.1/app`, 'cannot be taken apart'],
    ['with digits and a /', `postgres://deployer:9137/${password}@127.0.0.1/app`, 'cannot be taken apart'],
    [
      'with a ? in the password',
      `postgres://deployer:9137?${password}@127.0.0.1/app`,
      'cannot be taken apart',
    ],
    [
      'with a # in the password',
      `postgres://deployer:9137#${password}@127.0.0.1/app`,
      'cannot be taken apart',
    ],
    ['with a broken escape', `postgres://deployer:${password}%E0@127.0.0.1:1/app`, 'Cannot connect'],
    [
      'with a certificate that is not there',
      `postgres://u:${password}@127.0.0.1:1/a?sslrootcert=/no`,
      'ENOENT',
    ],
    ['of an unreachable host', `postgres://deployer:${password}@127.0.0.1:1/app`, 'ECONNREFUSED'],
    ['of a host that there is not', `postgres://deployer:${password}@nowhere.invalid/app`, 'nowhere.invalid'],
    ['with an @ in the password', `postgres://deployer:${password}@@127.0.0.1:1/app`, 'ECONNREFUSED'],
    ['with the password as a parameter', `postgres://127.0.0.1:1/app?password=${password}`, 'ECONNREFUSED'],
  ])('%s', async (_, url, said) => {
    await using project = await folder(sampleRevisions)
    for (const more of [[], ['--json']]) {
      const outcome = await project.limbeck('status', '--database-url', url, ...more)
      expect(outcome.exitCode).toBe(1)
      expect(everything(outcome)).toContain(more.length === 0 ? said : JSON.stringify(said).slice(1, -1))
      expect(everything(outcome)).not.toContain(password)
      expect(everything(outcome)).not.toContain('9137')
      expect(everything(outcome)).not.toContain('bug')
    }
  })
})

const failing = `  op.execute({ sql: 'SELECT 1', inverse: null })
  op.execute({ sql: 'VACUUM users', inverse: null })
  op.execute({ sql: 'SELECT 1 / 0', inverse: null })`

async function everyCommand(project: Folder, words: readonly string[]): Promise<readonly Outcome[]> {
  const lines = [
    ['upgrade', 'default_nickname'],
    ['upgrade'],
    ['status', '--json'],
    ['status'],
    ['check'],
    ['doctor'],
    ['history', '-i', '-v'],
    ['plan', '--json'],
    ['upgrade', '--json'],
  ]
  const outcomes: Outcome[] = []
  for (const line of lines) outcomes.push(await project.limbeck(...line, ...words))
  return outcomes
}

/** A server on which the role deployer needs its password; everybody else needs none. */
async function passwordServer(): Promise<Server> {
  const server = await startServer(newestServer().major)
  await query(
    server,
    `CREATE ROLE deployer LOGIN SUPERUSER PASSWORD '${password}';
    DO $$ BEGIN
      EXECUTE format('COPY (SELECT unnest(ARRAY[%L, %L])) TO %L',
        'host all deployer all scram-sha-256', 'host all all all trust', current_setting('hba_file'));
    END $$;
    SELECT pg_reload_conf()`,
  )
  return server
}

/** All rows of all of the ledger's tables as one text. */
async function ledgerText(server: Server): Promise<string> {
  const tables = await query<{ name: string }>(
    server,
    "SELECT oid::regclass AS name FROM pg_class WHERE relnamespace = 'limbeck'::regnamespace AND relkind = 'r'",
  )
  expect(tables.map(({ name }) => name).sort()).toEqual(
    ['backfill', 'backfill_failure', 'backfill_range', 'format', 'revision', 'run', 'stage'].map(
      (name) => `limbeck.${name}`,
    ),
  )
  const rows = await Promise.all(
    tables.map(({ name }) => query<{ row: string }>(server, `SELECT t::text AS row FROM ${name} t`)),
  )
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n')
}

async function query<Row extends object>(server: Server, sql: string): Promise<readonly Row[]> {
  await using session = await openSession(new pg.Client(server.url('postgres')))
  return await session.query<Row>(sql)
}

function everything(outcome: Outcome | undefined): string {
  return `${outcome?.out}${outcome?.err}`
}
