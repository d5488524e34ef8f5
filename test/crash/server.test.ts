import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Server, startServer } from '../servers/server.ts'
import { serverTarget } from '../servers/server-target.ts'
import { type Blow, sessionLost, sweep } from './crash.ts'
import { moves } from './six.ts'
import { crashServers, prepareStarts, type StartOf } from './start.ts'

describe.each(crashServers)('on $name', ({ major }) => {
  let own: Server
  let startOf: StartOf
  beforeAll(async () => {
    own = await startServer(major)
    startOf = await prepareStarts(serverTarget(own))
  })
  afterAll(() => own.stop())

  test.each(moves)(
    '$direction of $revision ends well after the server was killed',
    { timeout: 1_200_000 },
    (move) => {
      const killed: Blow = { strike: own.kill, end: sessionLost, recover: own.restart }
      return sweep({
        server: serverTarget(own),
        startOf,
        move,
        blow: killed,
        moments: ['underway', 'unanswered'],
        count: 1,
      })
    },
  )
})
