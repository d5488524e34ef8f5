import { beforeAll, describe, test } from 'vitest'
import { servers } from '../servers/databases.ts'
import { type Blow, sessionLost, sweep } from './crash.ts'
import { full } from './draw.ts'
import { moves } from './six.ts'
import { prepareStarts, type StartOf } from './start.ts'

const cut: Blow = { strike: ({ proxy }) => proxy.cut(), end: sessionLost }

/** Unlike a client that is gone, this stops the server in the middle of a statement. */
const terminated: Blow = {
  strike: ({ database }) =>
    database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'limbeck'`,
    ),
  end: sessionLost,
}

describe.each(full ? servers() : servers().slice(-1))('on $name', (server) => {
  let startOf: StartOf
  beforeAll(async () => {
    startOf = await prepareStarts(server)
  })

  test.each(moves)('$direction of $revision ends well after its connection was cut', { timeout: 1_200_000 }, (move) =>
    sweep({ server, startOf, move, blow: cut, moments: ['unsent', 'unanswered'], count: 1 }),
  )

  test.each(moves)('$direction of $revision ends well after its session was terminated', { timeout: 1_200_000 }, (move) =>
    sweep({ server, startOf, move, blow: terminated, moments: ['underway'], count: 1 }),
  )
})
