import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, targets } from '../servers/databases.ts'
import { chooser, full } from './draw.ts'
import { startRun } from './run.ts'
import { type Move, moves } from './six.ts'
import { prepareStarts, type StartOf } from './start.ts'
import { readState } from './state.ts'
import { expectHonest, expectRecovery, runUndisturbed, type Undisturbed } from './undisturbed.ts'

/** Opening a database takes a second or two, so only the longest upgrade is tried where not all are. */
const some = full ? moves : moves.filter(({ to }) => to === 'migrate_prefs').slice(0, 1)

// The server is in the process that is killed: what survives is what it had written to its files.
describe.each(targets.filter(({ kind }) => kind === 'pglite'))('on $name', (target) => {
  let startOf: StartOf
  beforeAll(async () => {
    startOf = await prepareStarts(target, some.at(-1)?.revision)
  })

  test.each(some)(
    '$direction of $revision ends well after its process was killed',
    { timeout: 1_200_000 },
    async (move) => {
      await using undisturbedDatabase = await target.copy(startOf(move))
      const undisturbed = await runUndisturbed(move, undisturbedDatabase)
      const choose = chooser(moves.indexOf(move))
      for (const event of choose.some(undisturbed.events.keys().toArray(), 1)) {
        await using database = await target.copy(startOf(move))
        const run = await startRun({ move, database: database.url, killAt: event + 1 })
        expect(await run.ended).toMatchObject({ signal: 'SIGKILL' })
        await expectUnharmed(move, database, undisturbed, `at event ${event} (${undisturbed.events[event]})`)
      }
      for (const milliseconds of choose.numbers(full ? 3 : 1, 100)) {
        await using database = await target.copy(startOf(move))
        const run = await startRun({ move, database: database.url })
        await run.begun
        await sleep(milliseconds)
        run.kill()
        await run.ended
        await expectUnharmed(move, database, undisturbed, `after ${milliseconds} ms`)
      }
    },
  )
})

async function expectUnharmed(move: Move, database: TestDatabase, undisturbed: Undisturbed, where: string) {
  expectHonest(await readState(database), undisturbed, where)
  await expectRecovery(move, database, undisturbed, where)
}
