import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { TestDatabase, TestServer } from '../servers/databases.ts'
import { chooser } from './draw.ts'
import { type Point, type Proxy, startProxy } from './proxy.ts'
import { type Run, type RunEnd, startRun } from './run.ts'
import { type Move, make, moves } from './six.ts'
import type { StartOf } from './start.ts'
import { readState, type State } from './state.ts'

/** A way to end a run. */
export type Blow = {
  strike(victim: { readonly run: Run; readonly proxy: Proxy; readonly database: TestDatabase }): unknown
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

/**
 * Makes a move again and again, each time from its start, strikes at another point of it, and gives the command once
 * more: what is there then is what an undisturbed run leaves.
 */
export async function sweep(options: {
  readonly server: TestServer
  readonly startOf: StartOf
  readonly move: Move
  readonly blow: Blow
  readonly moments: readonly Point['moment'][]
  /** How many points are drawn where not all of them are tried. */
  readonly count: number
}): Promise<void> {
  const { server, startOf, move } = options
  const undisturbed = await runUndisturbed(server, startOf(move), move)
  const choose = chooser(moves.indexOf(move))
  const delays = choose.numbers(undisturbed.requests, 5)
  const points = delays.flatMap((milliseconds, n) =>
    options.moments.map((moment) => ({ request: n + 1, moment, milliseconds })),
  )
  for (const point of choose.some(points, options.count)) {
    await using database = await server.copy(startOf(move))
    await crashAt(point, { ...options, database, undisturbed })
  }
}

type Undisturbed = { readonly start: State; readonly end: State; readonly requests: number }

async function runUndisturbed(server: TestServer, start: TestDatabase, move: Move): Promise<Undisturbed> {
  await using database = await server.copy(start)
  await using proxy = await startProxy({ port: portOf(database.url) })
  const before = await readState(database)
  await make(move, throughProxy(database.url, proxy))
  const undisturbed = { start: before, end: await readState(database), requests: proxy.requests() }
  expect(undisturbed.end.schema).not.toContain('INVALID')
  expect(undisturbed.end.applied).not.toBe(undisturbed.start.applied)
  return undisturbed
}

async function crashAt(
  point: Point,
  options: {
    readonly move: Move
    readonly blow: Blow
    readonly database: TestDatabase
    readonly undisturbed: Undisturbed
  },
): Promise<void> {
  const { move, blow, database, undisturbed } = options
  const where = `request ${point.request} ${point.moment}`
  const { end, struck } = await interruptedRun(point, options)
  expect.soft({ struck, ...end }, where).toMatchObject({ struck: true, ...blow.end })
  await blow.recover?.()
  // What the server still works at is waited for by the second run, as it would be in earnest.
  if (point.moment !== 'underway') {
    await sessionsEnded(database)
    expectHonest(await readState(database), undisturbed, where)
  }
  const again = await make(move, database.url).then(
    () => 'done',
    (error) => error,
  )
  expect.soft(again, where).toBe('done')
  expect.soft(await readState(database), where).toEqual(undisturbed.end)
}

async function interruptedRun(
  point: Point,
  { move, blow, database }: { readonly move: Move; readonly blow: Blow; readonly database: TestDatabase },
): Promise<{ end: RunEnd; struck: boolean }> {
  let struck: unknown
  await using proxy = await startProxy({
    port: portOf(database.url),
    point,
    strike: () => {
      struck = blow.strike({ run, proxy, database })
    },
  })
  const run = startRun({ move, database: throughProxy(database.url, proxy) })
  const end = await run.ended
  await struck
  return { end, struck: proxy.struck() }
}

/** Of what was left by a run that was ended: it is all there if the ledger says so, and if it says nothing, nothing is. */
function expectHonest(left: State, { start, end }: Undisturbed, where: string): void {
  if (left.applied !== start.applied) expect.soft(left, `${where}: applied`).toEqual(end)
  if (left.ledger === start.ledger) expect.soft(left, `${where}: not begun`).toEqual(start)
}

/** The server learns that a client is gone when it next reads from it. */
async function sessionsEnded(database: TestDatabase): Promise<void> {
  await using session = await database.connect()
  const others = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'limbeck'`
  while ((await session.query(others)).length > 0) await sleep(5)
}

function portOf(url: string): number {
  return Number(new URL(url).port)
}

function throughProxy(url: string, proxy: Proxy): string {
  const through = new URL(url)
  through.port = String(proxy.port)
  return through.href
}
