import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../src/connection/connection.ts'
import type { Directive } from '../../src/operations/operation.ts'
import { PartitionedAlready } from '../../src/operations/partition-table-course.ts'
import { IrreversibleRevision } from '../../src/plan/plan.ts'
import { cutStages } from '../../src/plan/stage.ts'
import { CannotTakeBack, plannedSteps } from '../../src/plan/steps.ts'
import { RevisionMistake } from '../../src/script/revision-mistake.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'
import { cases, isRunnable } from './examples.ts'

/** Those of which nothing tells how they are taken back half way: they can only be brought to their end. */
const forwardOnly = new Set([
  'contractColumn',
  'reopenColumn',
  'contractKey',
  'contractRows',
  'detachPartition',
  'dropSubscription',
  'execute',
  'reindex',
  'returnFromPartitions',
])

/** How many places an example is stopped at, unless every one is asked for. */
const strikes = process.env['LIMBECK_CRASH'] === 'full' ? Number.POSITIVE_INFINITY : 3

describe.each(targets)('on $name', async (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const runnable = cases.filter((one) => isRunnable(one, target))
  const staged = await Promise.all(
    runnable.map(async (one) => {
      const steps = await plannedSteps({ directive: one.directive, at: null }, { major: target.major })
      const stages = cutStages(steps)
      return stages.length > 1 || stages.some(({ type }) => type !== 'transaction') ? [one] : []
    }),
  )

  test.for(staged.flat().map((one) => [one.name, one] as const))(
    '%s is taken back wherever it was stopped',
    // At every message it takes minutes on PGlite.
    { timeout: 600_000 },
    async ([, { directive, example }]) => {
      await bench.prepare(example.given)
      const count = { messages: 0 }
      await bench.apply([directive], counted(bench.connection, count))
      for (const at of places(count.messages)) {
        await bench.prepare(example.given)
        const before = await bench.catalog()
        await expectStopped(bench, bench.apply([directive], stopped(bench.connection, at)))
        // What was stopped after its last record is done, and no longer half done.
        if ((await bench.rows('SELECT FROM limbeck.revision')).length > 0) continue
        // The abort is stopped too, at its first message and further on, and goes on each time.
        const outcome = await takenBack(bench, directive, [1, 1 + (at % 7)])
        if (isForward(outcome)) {
          if (!isKnownBefore(outcome)) expect([...forwardOnly], String(outcome)).toContain(directive.kind)
          // It is not half taken back, so the upgrade can be brought to its end.
          expect(await bench.rows(begunAborts)).toEqual([])
          continue
        }
        if (outcome !== null) throw outcome
        if (example.leaves === undefined) expect(await bench.catalog(), `stopped at ${at}`).toEqual(before)
      }
    },
  )
})

/** What an abort ends with that is stopped at each of these messages, and then not. */
async function takenBack(
  bench: Bench,
  directive: Directive,
  stops: readonly number[],
): Promise<Error | null> {
  for (const at of stops) await expectStopped(bench, bench.abort([directive], stopped(bench.connection, at)))
  return bench.abort([directive]).then(
    () => null,
    (error: unknown) => error as Error,
  )
}

/** The attempt did not come to its end, or there was none; what it had open is rolled back, as when its session ends. */
async function expectStopped(bench: Bench, attempt: Promise<unknown>): Promise<void> {
  await attempt.catch((error: unknown) => {
    const isStop = error instanceof Stopped || (error as Error).cause instanceof Stopped
    if (!isStop && !isForward(error)) throw error
  })
  if (bench.connection.transaction() !== 'idle') await bench.connection.run('ROLLBACK')
}

/** The process has ended, as far as the server can tell: nothing more comes of it. */
class Stopped extends Error {}

const begunAborts = "SELECT FROM limbeck.stage JOIN limbeck.run ON run.id = run WHERE direction = 'downgrade'"

/** The change has come past the point from which only its end can be reached, or is done and has no inverse. */
function isKnownBefore(outcome: unknown): boolean {
  return [PartitionedAlready, IrreversibleRevision].some((kind) => reasonOf(outcome) instanceof kind)
}

function reasonOf(outcome: unknown): unknown {
  const cause = outcome instanceof RevisionMistake ? outcome.cause : outcome
  return cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
}

/** Whether there is no way back: from the directive as a whole, from one of its steps, or from where it stands. */
function isForward(outcome: unknown): boolean {
  const reason = reasonOf(outcome)
  return [IrreversibleRevision, CannotTakeBack, PartitionedAlready].some((kind) => reason instanceof kind)
}

function places(messages: number): readonly number[] {
  const step = Math.max(1, messages / strikes)
  const count = Math.min(messages, strikes)
  return Array.from({ length: count }, (_, n) => Math.floor(n * step) + 1)
}

function counted(connection: Connection, count: { messages: number }): Connection {
  return through(connection, () => {
    count.messages++
  })
}

/** A session of which the messages from that one on do not arrive. */
function stopped(connection: Connection, at: number): Connection {
  let messages = 0
  return through(connection, () => {
    messages++
    if (messages >= at) throw new Stopped(`stopped at message ${at}`)
  })
}

function through(connection: Connection, before: () => void): Connection {
  const told: Partial<Connection> = {
    run: async (text) => {
      before()
      return connection.run(text)
    },
    query: async (text, values) => {
      before()
      return connection.query(text, values)
    },
    copy: async (text, rows) => {
      before()
      return connection.copy(text, rows)
    },
    async another() {
      const other = await connection.another()
      return other === null ? null : through(other, before)
    },
  }
  return new Proxy(connection, {
    get: (target, name) => Reflect.get(name in told ? told : target, name),
  })
}
