import pg from 'pg'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { openSession, type Session } from '../servers/database.ts'
import { type Blow, sessionLost, sweep } from './crash.ts'
import { moves } from './six.ts'
import { crashServers, prepareStarts, type StartOf } from './start.ts'

describe.each(crashServers)('on $name', (server) => {
  let startOf: StartOf
  let administrator: Session
  beforeAll(async () => {
    startOf = await prepareStarts(server)
    administrator = await openSession(new pg.Client(server.url('postgres')))
  })
  afterAll(() => administrator[Symbol.asyncDispose]())

  const cut: Blow = { strike: ({ proxy }) => proxy.cut(), end: sessionLost }

  /** Unlike a client that is gone, this stops the server in the middle of a statement. */
  const terminated: Blow = {
    strike: ({ database }) =>
      administrator.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'limbeck' AND datname = $1`,
        [new URL(database.url).pathname.slice(1)],
      ),
    end: sessionLost,
  }

  test.each(moves)(
    '$direction of $revision ends well after its connection was cut',
    { timeout: 1_200_000 },
    (move) => sweep({ server, startOf, move, blow: cut, moments: ['unanswered'], count: 1 }),
  )

  test.each(moves)(
    '$direction of $revision ends well after its session was terminated',
    { timeout: 1_200_000 },
    (move) => sweep({ server, startOf, move, blow: terminated, moments: ['underway'], count: 1 }),
  )
})
