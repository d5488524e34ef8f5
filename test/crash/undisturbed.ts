import { expect } from 'vitest'
import type { MigrateEvent } from '../../src/migrate/events.ts'
import type { TestDatabase } from '../servers/databases.ts'
import { type Move, make } from './six.ts'
import { invalid, readState, type State } from './state.ts'

/** What a move is when nothing comes in its way. */
export type Undisturbed = {
  readonly start: State
  readonly end: State
  readonly events: readonly MigrateEvent['type'][]
}

/** Makes a move in a database that is at its start. */
export async function runUndisturbed(
  move: Move,
  database: TestDatabase,
  url: string = database.url,
): Promise<Undisturbed> {
  const events: MigrateEvent['type'][] = []
  const start = await readState(database)
  await make(move, url, { onEvent: ({ type }) => events.push(type) })
  const end = await readState(database)
  expect(end.schema).not.toMatch(invalid)
  expect(end.applied).not.toBe(start.applied)
  return { start, end, events }
}

/** Of what was left by a run that did not end: it is all there if the ledger says so, and nothing is if that says nothing. */
export function expectHonest(left: State, { start, end }: Undisturbed, where: string): void {
  if (left.applied !== start.applied) expect.soft(left, `${where}, recorded as done`).toEqual(end)
  if (left.ledger === start.ledger) expect.soft(left, `${where}, not recorded`).toEqual(start)
}

/** Gives the command once more, and everything is as if it had never been disturbed. */
export async function expectRecovery(
  move: Move,
  database: TestDatabase,
  { end }: Undisturbed,
  where: string,
): Promise<void> {
  const again = await make(move, database.url).then(
    () => 'done',
    (error) => error,
  )
  expect.soft(again, where).toBe('done')
  expect.soft(await readState(database), where).toEqual(end)
}
