import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../servers/databases.ts'
import { startRun } from './run.ts'
import { type Move, make, type SixRevision } from './six.ts'
import { crashServers, prepareStarts, type StartOf } from './start.ts'
import { invalid, readState } from './state.ts'
import { expectRecovery, runUndisturbed } from './undisturbed.ts'

const upgradeOf = (revision: SixRevision): Move => ({ direction: 'upgrade', revision, to: revision })
const search = upgradeOf('idx_user_search')

/** What statements with CONCURRENTLY wait for: at the start of a build, at its end, and before a drop. */
const transactions = {
  'a writer': 'BEGIN; UPDATE users SET name = name WHERE false',
  'an old snapshot': 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1',
  'a reader': 'BEGIN; SELECT FROM users LIMIT 0',
}

describe.each(crashServers)('on $name', (server) => {
  let startOf: StartOf
  beforeAll(async () => {
    startOf = await prepareStarts(server)
  })

  test.each<{ move: Move; other: keyof typeof transactions }>([
    { move: upgradeOf('add_org_001'), other: 'an old snapshot' },
    { move: search, other: 'an old snapshot' },
    { move: search, other: 'a writer' },
    { move: upgradeOf('events_partition'), other: 'an old snapshot' },
    { move: upgradeOf('rename_email_p1'), other: 'an old snapshot' },
    {
      move: { direction: 'downgrade', revision: 'idx_user_search', to: 'add_org_001' },
      other: 'a reader',
    },
  ])(
    '$move.direction of $move.revision, ended while it waits for $other, leaves an invalid index and mends it',
    async ({ move, other }) => {
      await using model = await server.copy(startOf(move))
      const undisturbed = await runUndisturbed(move, model)
      await using database = await server.copy(startOf(move))
      await using session = await database.connect()
      await session.query(transactions[other])

      const run = await startRun({ move, database: database.url })
      await until(async () => (await waiting(database)).length > 0)
      await database.query(`SELECT pg_terminate_backend(pid) FROM (${waitingText}) waiting`)
      expect(await run.ended).toMatchObject({ exitCode: 1, error: { code: 'CONNECTION_LOST' } })
      await session.query('COMMIT')

      expect((await readState(database)).schema).toMatch(invalid)
      await expectRecovery(move, database, undisturbed, 'ended while it waited')
    },
  )

  test('a run waits for the statement that a killed one has left at work', async () => {
    await using model = await server.copy(startOf(search))
    const undisturbed = await runUndisturbed(search, model)
    await using database = await server.copy(startOf(search))
    await using session = await database.connect()
    await session.query(transactions['an old snapshot'])

    const run = await startRun({ move: search, database: database.url })
    await until(async () => (await waiting(database)).length > 0)
    run.kill()
    await run.ended
    const [orphan] = await waiting(database)
    const events: unknown[] = []
    const second = make(search, database.url, { onEvent: (event) => events.push(event) })
    await until(() => events.length > 0)
    await session.query('COMMIT')
    await second

    expect(events[0]).toMatchObject({ type: 'lease-waiting', holder: { processId: orphan?.pid } })
    expect(await readState(database)).toEqual(undisturbed.end)
  })

  test.runIf(server.major >= 14)('the server ends the statement of a killed run within seconds', async () => {
    await using database = await server.copy(startOf(search))
    await using session = await database.connect()
    await session.query(transactions['an old snapshot'])

    const run = await startRun({ move: search, database: database.url })
    await until(async () => (await waiting(database)).length > 0)
    run.kill()
    await run.ended
    await until(async () => (await waiting(database)).length === 0, 10_000)
  })
})

const waitingText = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'limbeck'
  AND wait_event_type = 'Lock' AND query ~ 'INDEX CONCURRENTLY'`

function waiting(database: TestDatabase) {
  return database.query<{ pid: number }>(waitingText)
}

async function until(holds: () => boolean | Promise<boolean>, milliseconds = 30_000): Promise<void> {
  const deadline = Date.now() + milliseconds
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come to that in ${milliseconds} ms: ${holds}`)
    await sleep(10)
  }
}
