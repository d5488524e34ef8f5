import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { TestDatabase, TestServer } from '../servers/databases.ts'
import { chooser } from './draw.ts'
import { type Point, type SessionProxy, startProxy } from './proxy.ts'
import { type Run, type RunEnd, startRun } from './run.ts'
import { type Move, moves } from './six.ts'
import type { StartOf } from './start.ts'
import { readState } from './state.ts'
import { expectHonest, expectRecovery, runUndisturbed, type Undisturbed } from './undisturbed.ts'

/** A way to end a run. */
export type Blow = {
  strike(victim: {
    readonly run: Run
    readonly proxy: SessionProxy
    readonly database: TestDatabase
  }): unknown
  /** How the run's process ends. */
  readonly end: Partial<RunEnd>
  /** Brings back what the blow has ended. */
  recover?(): Promise<void>
}

/** The command ended because its session did. */
export const sessionLost: Blow['end'] = {
  exitCode: 1,
  error: { code: 'CONNECTION_LOST', hint: expect.stringContaining('Run the same command again') },
}

type Sweep = {
  readonly server: TestServer
  readonly startOf: StartOf
  readonly move: Move
  readonly blow: Blow
  readonly moments: readonly Point['moment'][]
  /** How many points are drawn where not all of them are tried. */
  readonly count: number
}

/**
 * Makes a move again and again, each time from its start, strikes at another point of it, and gives the command once
 * more: what is there then is what an undisturbed run leaves.
 */
export async function sweep({ server, startOf, move, blow, moments, count }: Sweep): Promise<void> {
  const { undisturbed, requests } = await countRequests(server, startOf(move), move)
  const choose = chooser(moves.indexOf(move))
  const points = choose
    .numbers(requests, 5)
    .flatMap((milliseconds, n) => moments.map((moment) => ({ request: n + 1, moment, milliseconds })))
  for (const point of choose.some(points, count)) {
    await using database = await server.copy(startOf(move))
    await crash({ point, move, blow, database, undisturbed })
  }
}

async function countRequests(server: TestServer, start: TestDatabase, move: Move) {
  await using database = await server.copy(start)
  await using proxy = await startProxy({ url: database.url })
  const undisturbed = await runUndisturbed(move, database, proxy.url)
  return { undisturbed, requests: proxy.requests() }
}

type Crash = {
  readonly point: Point
  readonly move: Move
  readonly blow: Blow
  readonly database: TestDatabase
  readonly undisturbed: Undisturbed
}

async function crash(crash: Crash): Promise<void> {
  const { point, move, blow, database, undisturbed } = crash
  const where = `${point.moment} request ${point.request}`
  expect.soft(await interruptedRun(crash), where).toMatchObject({ struck: true, ...blow.end })
  await blow.recover?.()
  // What the server still works at is waited for by the second run, as it would be in earnest.
  if (point.moment !== 'underway') {
    await sessionsEnded(database)
    expectHonest(await readState(database), undisturbed, where)
  }
  await expectRecovery(move, database, undisturbed, where)
}

async function interruptedRun({ point, move, blow, database }: Crash) {
  let blown: unknown
  await using proxy = await startProxy({
    url: database.url,
    point,
    strike: () => {
      blown = blow.strike({ run, proxy, database })
    },
  })
  const run = await startRun({ move, database: proxy.url })
  const end = await run.ended
  await blown
  return { ...end, struck: proxy.struck() }
}

/** The server learns that a client is gone when it next reads from it. */
async function sessionsEnded(database: TestDatabase): Promise<void> {
  await using session = await database.connect()
  const others = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'limbeck'`
  while ((await session.query(others)).length > 0) await sleep(5)
}
