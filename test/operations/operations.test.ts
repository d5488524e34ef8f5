import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Directive, Lock } from '../../src/operations/operation.ts'
import { factsOf } from '../../src/operations/operations.ts'
import { plannedSteps } from '../../src/plan/steps.ts'
import { inTurn, servers, targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'
import { type Case, cases, isRunnable } from './examples.ts'
import { watchLocks } from './lock-watch.ts'
import { bearable, cautious, takenAway, usable } from './usable.ts'

/** A phase is the same on every server, so the newest one is asked. */
const newest = servers().at(-1)?.name
const isNewest = ({ name }: { readonly name: string }) => name === newest

/** It is asked for all of them, and the others each for some. */
const others = inTurn(
  cases,
  targets.filter((target) => !isNewest(target)),
  isRunnable,
)

describe.each(targets)('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const runnable = isNewest(target) ? cases.filter((one) => isRunnable(one, target)) : others(target)

  test.for(runnable.map((one) => [one.name, one] as const))('%s', async ([, { directive, example }]) => {
    await bench.prepare(example.given)
    const before = await bench.catalog()
    const used = isNewest(target) ? await usable(bench) : null
    const locks = await applyAndWatch(bench, { directive, example })
    expect(locks.taken).toEqual(locks.declared)
    if (used !== null) checkPhase(directive, takenAway(used, await usable(bench)))

    const inverse = factsOf(directive).inverse()
    if ('irreversible' in inverse) return expect(inverse.irreversible).toMatch(/^[A-Z].*\.$/)
    await bench.undo([directive])
    const after = await bench.catalog()
    if (example.leaves === undefined) expect(after).toEqual(before)
    else expect(after).not.toEqual(before)
  })
})

/** What takes something from the application of before is a contract, and what takes nothing is none. */
function checkPhase(directive: Directive, missed: readonly string[]): void {
  const phase = factsOf(directive).phase(() => false)
  if (phase === 'contract') expect(missed.length > 0 || cautious.has(directive.kind)).toBe(true)
  else expect(bearable.has(directive.kind) ? [] : missed).toEqual([])
}

const demanding = cases.filter(({ directive }) => factsOf(directive).needs.length > 0)

test.for(demanding.map((one) => [one.name, one] as const))(
  '%s names the version that it needs',
  async ([, one]) => {
    const needed = Math.max(...factsOf(one.directive).needs.map(({ since }) => since))
    const planned = plannedSteps({ directive: one.directive, at: null }, { major: needed - 1 })
    await expect(planned).rejects.toThrow(`needs PostgreSQL ${needed}, and the server is ${needed - 1}.`)
    await plannedSteps({ directive: one.directive, at: null }, { major: needed })
  },
)

/** On PGlite, which has no second session, nothing can be seen of a statement that refuses transactions. */
async function applyAndWatch(bench: Bench, { directive, example }: Pick<Case, 'directive' | 'example'>) {
  if (bench.connection.embedded) {
    await bench.apply([directive])
    return { taken: [], declared: [] }
  }
  const watch = await watchLocks(bench.connection)
  await bench.apply([directive], watch.connection)
  await watch.close()
  const declared = (example.locks ?? factsOf(directive).locks)
    .filter(({ since = 0 }) => since <= bench.connection.major)
    .map(lockText)
    .sort()
  return { taken: watch.seen(), declared }
}

function lockText({ schema = 'public', table, mode }: Lock): string {
  return `${schema}.${table}: ${mode}`
}
