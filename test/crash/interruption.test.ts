import { beforeAll, describe, expect, test } from 'vitest'
import type { MigrateEvent } from '../../src/migrate/events.ts'
import { Interrupted } from '../../src/migrate/failure.ts'
import { chooser } from './draw.ts'
import { make, moves } from './six.ts'
import { crashServers, prepareStarts, type StartOf } from './start.ts'
import { readState } from './state.ts'
import { expectHonest, expectRecovery, runUndisturbed } from './undisturbed.ts'

describe.each(crashServers)('on $name', (server) => {
  let startOf: StartOf
  beforeAll(async () => {
    startOf = await prepareStarts(server)
  })

  test.each(moves)(
    '$direction of $revision stops when it is asked to, and goes on afterwards',
    async (move) => {
      await using undisturbedDatabase = await server.copy(startOf(move))
      const undisturbed = await runUndisturbed(move, undisturbedDatabase)
      const turns = undisturbed.events.keys().toArray()
      for (const turn of chooser(moves.indexOf(move)).some(turns, 2)) {
        await using database = await server.copy(startOf(move))
        const where = `at event ${turn} (${undisturbed.events[turn]})`
        const outcome = await interruptAt(turn, database.url, move)
        if (undisturbed.events.includes('stage-started', turn + 1))
          expect.soft(outcome, where).toBe('interrupted')
        expectHonest(await readState(database), undisturbed, where)
        await expectRecovery(move, database, undisturbed, where)
      }
    },
  )

  test.each(['retry', 'stage-started'])(
    'a run that waits for a lock stops when it is asked to at %s',
    async (type) => {
      const move = moves.find(({ to }) => to === 'add_org_001')!
      await using database = await server.copy(startOf(move))
      await using other = await database.connect()
      await other.query('BEGIN; SELECT FROM users')
      const controller = new AbortController()
      const onEvent = (event: MigrateEvent) => {
        if (event.type === type) controller.abort()
      }
      await expect(make(move, database.url, { onEvent, signal: controller.signal })).rejects.toThrow(
        Interrupted,
      )
    },
  )

  test('a run that waits for the lease stops when it is asked to', async () => {
    const move = moves[0]!
    await using database = await server.copy(startOf(move))
    await using other = await database.connect()
    await other.query(`SELECT pg_advisory_lock(hashtextextended('limbeck:limbeck', 0))`)
    const controller = new AbortController()
    const stopped = make(move, database.url, { onEvent: () => controller.abort(), signal: controller.signal })
    await expect(stopped).rejects.toThrow(Interrupted)
  })
})

async function interruptAt(turn: number, url: string, move: (typeof moves)[number]) {
  const controller = new AbortController()
  let event = 0
  const onEvent = () => {
    if (event++ === turn) controller.abort()
  }
  try {
    await make(move, url, { onEvent, signal: controller.signal })
    return 'done'
  } catch (error) {
    expect(error).toBeInstanceOf(Interrupted)
    return 'interrupted'
  }
}
