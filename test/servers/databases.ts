import { inject } from 'vitest'
import type { Target } from './database.ts'
import { pgliteTarget } from './pglite-target.ts'
import { serverTarget, type TestServer } from './server-target.ts'

export type { Session, Target, TestDatabase } from './database.ts'
export type { TestServer } from './server-target.ts'

/** The servers that this run has, oldest major first: 13 and 18, or what `LIMBECK_TEST_MAJORS` says. */
export function servers(): readonly TestServer[] {
  return inject('servers').map(serverTarget)
}

/**
 * Each server and PGlite.
 *
 * @example
 * describe.each(targets)('$name', (target) => {
 *   test('creates the ledger', async () => {
 *     await using database = await target.open()
 *     expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
 *   })
 * })
 */
export const targets: readonly Target[] = [...servers(), pgliteTarget(inject('pgliteDirectory'))]

/** Of many cases of one shape every second one, so that a run takes minutes; all of them where all is asked (`npm run test:all`). */
export function everySecond<Case>(cases: readonly Case[]): readonly Case[] {
  return cases.filter((_, n) => isWhole || n % 2 === 0)
}

/** Whether everything is asked of everyone (`npm run test:all`), however long it takes. */
export const isWhole = process.env['LIMBECK_TEST_MAJORS'] === 'all'

/** One target for what does not depend on the version, since everything is made on the embedded database first: the newest server, or all where all are asked. */
export const oneTarget: readonly Target[] = isWhole ? targets : servers().slice(-1)

/**
 * Of cases that hold on every target, those of one of them: each case is asked of one target in turn, of those on which it can be, or of all where all are asked
 * (`npm run test:all`).
 */
export function inTurn<Case>(
  cases: readonly Case[],
  asked: readonly Target[],
  isRunnable: (one: Case, target: Target) => boolean,
): (target: Target) => readonly Case[] {
  return (target) =>
    cases.filter((one, n) => {
      const able = asked.filter((other) => isRunnable(one, other))
      return isWhole ? able.includes(target) : able[n % able.length] === target
    })
}
