import { beforeAll, describe, test } from 'vitest'
import { type Blow, sweep } from './crash.ts'
import { moves } from './six.ts'
import { crashServers, prepareStarts, type StartOf } from './start.ts'

const killed: Blow = { strike: ({ run }) => run.kill(), end: { signal: 'SIGKILL' } }

describe.each(crashServers)('on $name', (server) => {
  let startOf: StartOf
  beforeAll(async () => {
    startOf = await prepareStarts(server)
  })

  test.each(moves)(
    '$direction of $revision ends well after its process was killed',
    { timeout: 1_200_000 },
    (move) => sweep({ server, startOf, move, blow: killed, moments: ['underway', 'unanswered'], count: 2 }),
  )
})
