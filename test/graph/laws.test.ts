import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { branchLabels, branchRevision } from '../../src/graph/branch.ts'
import { buildGraph, type Graph } from '../../src/graph/graph.ts'
import { appliedHeads, bases, heads } from '../../src/graph/heads.ts'
import { ancestors, descendants, lineage } from '../../src/graph/lineage.ts'
import { downgradePath, upgradePath } from '../../src/graph/path.ts'
import type { Revision } from '../../src/graph/revision.ts'
import { stepFrom } from '../../src/graph/step.ts'
import { ids, revision } from './revisions.ts'

/** Any graph: several bases, branches, merges of up to three, dependencies, labels, equal dates; files in any order. */
const anyRevisions: fc.Arbitrary<readonly Revision[]> = fc
  .array(
    fc.record({
      parents: fc.uniqueArray(fc.nat(), { maxLength: 3 }),
      dependencies: fc.uniqueArray(fc.nat(), { maxLength: 2 }),
      labelled: fc.boolean(),
      date: fc.nat(5),
    }),
    { maxLength: 25 },
  )
  .chain((nodes) => {
    const made = nodes.map(({ parents, dependencies, labelled, date }, at) => {
      const earlier = (picks: readonly number[]) => [
        ...new Set(at === 0 ? [] : picks.map((n) => `r${n % at}_`)),
      ]
      return revision(`r${at}_`, {
        downRevisions: earlier(parents),
        dependsOn: earlier(dependencies),
        branchLabels: labelled ? [`label${at}`] : [],
        createDate: `2026-01-0${date + 1}`,
      })
    })
    return fc.shuffledSubarray(made, { minLength: made.length })
  })

const anyGraph = anyRevisions.map(buildGraph)
/** A graph, a set applied by upgrades to some of it, and some more targets. */
const anyJourney = fc
  .record({ graph: anyGraph, applied: fc.array(fc.nat()), wanted: fc.array(fc.nat()) })
  .map(({ graph, applied, wanted }) => ({
    graph,
    applied: ancestors(graph, pick(graph, applied)),
    targets: { ids: pick(graph, wanted), branch: null },
  }))

function pick(graph: Graph, choices: readonly number[]): readonly string[] {
  const all = [...graph.revisions.keys()]
  return all.length === 0 ? [] : [...new Set(choices.map((n) => all[n % all.length]!))]
}

function before(graph: Graph, { id, downRevisions }: Revision): readonly string[] {
  return [...downRevisions, ...(graph.dependencies.get(id) ?? [])]
}

function without(applied: ReadonlySet<string>, undone: readonly Revision[]): ReadonlySet<string> {
  const gone = new Set(ids(undone))
  return new Set([...applied].filter((id) => !gone.has(id)))
}

const holds = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, law), { numRuns: 500 })

describe('on every graph', () => {
  test('an upgrade is a topological order: every parent and dependency is applied or comes first', () => {
    holds(anyJourney, ({ graph, applied, targets }) => {
      const done = new Set(applied)
      for (const next of upgradePath(graph, { applied, targets })) {
        expect(done.has(next.id)).toBe(false)
        for (const id of before(graph, next)) expect(done.has(id)).toBe(true)
        done.add(next.id)
      }
      for (const id of targets.ids) expect(done.has(id)).toBe(true)
    })
  })

  test('an upgrade brings nothing that its targets do not need', () => {
    holds(anyJourney, ({ graph, applied, targets }) => {
      const needed = ancestors(graph, targets.ids)
      for (const { id } of upgradePath(graph, { applied, targets })) expect(needed.has(id)).toBe(true)
    })
  })

  test('an upgrade in two runs is the upgrade in one', () => {
    holds(anyJourney, ({ graph, applied, targets }) => {
      const first = upgradePath(graph, { applied: new Set(), targets: { ids: [...applied], branch: null } })
      const second = upgradePath(graph, { applied, targets })
      const whole = { ids: [...applied, ...targets.ids], branch: null }
      const atOnce = upgradePath(graph, { applied: new Set(), targets: whole })
      expect([...ids(first), ...ids(second)].sort()).toEqual([...ids(atOnce)].sort())
    })
  })

  test('the order of the files does not matter', () => {
    holds(anyRevisions, (revisions) => {
      const backwards = buildGraph([...revisions].reverse())
      expect([...backwards.revisions.keys()]).toEqual([...buildGraph(revisions).revisions.keys()])
    })
  })

  test('a downgrade undoes children and dependents first, and leaves nothing without what it needs', () => {
    holds(anyJourney, ({ graph, applied, targets }) => {
      const reached = { ids: targets.ids.filter((id) => applied.has(id)), branch: null }
      const left = new Set(applied)
      for (const { id } of downgradePath(graph, { applied, targets: reached })) {
        const after = [...descendants(graph, [id])].filter((other) => other !== id)
        for (const other of after) expect(left.has(other)).toBe(false)
        left.delete(id)
      }
      for (const id of reached.ids) expect(left.has(id)).toBe(true)
      for (const id of left)
        for (const other of before(graph, graph.revisions.get(id)!)) expect(left.has(other)).toBe(true)
    })
  })

  test('after a downgrade no applied revision is above its target', () => {
    holds(anyJourney, ({ graph, applied, targets }) => {
      const [id] = targets.ids.filter((target) => applied.has(target))
      if (id === undefined) return
      const left = without(applied, downgradePath(graph, { applied, targets: { ids: [id], branch: null } }))
      const above = [...descendants(graph, [id], 'children')].filter((other) => other !== id)
      for (const other of above) expect(left.has(other)).toBe(false)
    })
  })

  test('a downgrade to base undoes exactly the upgrade to heads, backwards', () => {
    holds(anyGraph, (graph) => {
      const targets = { ids: ids(heads(graph)), branch: null }
      const applied = new Set(graph.revisions.keys())
      const all = upgradePath(graph, { applied: new Set(), targets })
      const undone = downgradePath(graph, { applied, targets: { ids: [], branch: null } })
      expect(ids(undone)).toEqual([...ids(all)].reverse())
    })
  })

  test('an upgrade and a downgrade to where it began restore what was applied, and so the heads', () => {
    holds(anyJourney, ({ graph, applied, targets }) => {
      const more = ids(upgradePath(graph, { applied, targets }))
      const above = descendants(graph, applied, 'children')
      // A base that the upgrade brought beside the others is not above where it began: it is left alone.
      if (applied.size > 0 && !more.every((id) => above.has(id))) return
      const reached = new Set([...applied, ...more])
      const back = { ids: [...applied], branch: null }
      const left = without(reached, downgradePath(graph, { applied: reached, targets: back }))
      expect([...left].sort()).toEqual([...applied].sort())
      expect(appliedHeads(graph, left)).toEqual(appliedHeads(graph, applied))
    })
  })

  test('undoing an upgrade and upgrading again gives the same heads', () => {
    holds(anyJourney, ({ graph, applied, targets }) => {
      const reached = new Set([...applied, ...ids(upgradePath(graph, { applied, targets }))])
      const from = { ids: [...applied], branch: null }
      const back = applied.size === 0 ? { ids: [], branch: null } : from
      const left = without(reached, downgradePath(graph, { applied: reached, targets: back }))
      // A target keeps what stands beside it on bases of its own, as in Alembic; on what it covers it is exact.
      const covered = [...descendants(graph, [...applied], 'children')]
      for (const id of covered) expect(left.has(id)).toBe(applied.has(id))
      const again = new Set([...left, ...ids(upgradePath(graph, { applied: left, targets }))])
      expect(appliedHeads(graph, again)).toEqual(appliedHeads(graph, reached))
    })
  })

  test('the applied heads of everything are the heads', () => {
    holds(anyGraph, (graph) => {
      expect(appliedHeads(graph, new Set(graph.revisions.keys()))).toEqual(ids(heads(graph)))
    })
  })

  test('the ancestors of the applied heads are the applied set', () => {
    holds(anyJourney, ({ graph, applied }) => {
      expect([...ancestors(graph, appliedHeads(graph, applied))].sort()).toEqual([...applied].sort())
    })
  })

  test('a merge has all its parents before it', () => {
    holds(anyGraph, (graph) => {
      const order = [...graph.revisions.keys()]
      for (const { id, downRevisions } of graph.revisions.values()) {
        for (const parent of downRevisions) expect(order.indexOf(parent)).toBeLessThan(order.indexOf(id))
      }
    })
  })

  test('a dependency is honoured in both directions', () => {
    holds(anyGraph, (graph) => {
      const all = new Set(graph.revisions.keys())
      const upwards = ids(
        upgradePath(graph, { applied: new Set(), targets: { ids: [...all], branch: null } }),
      )
      const downwards = ids(downgradePath(graph, { applied: all, targets: { ids: [], branch: null } }))
      for (const [id, dependencies] of graph.dependencies) {
        for (const other of dependencies) {
          expect(upwards.indexOf(other)).toBeLessThan(upwards.indexOf(id))
          expect(downwards.indexOf(id)).toBeLessThan(downwards.indexOf(other))
        }
      }
    })
  })

  test('a label names its revision, and covers what comes after it', () => {
    holds(anyGraph, (graph) => {
      const labels = branchLabels(graph)
      for (const [label, { id }] of graph.labelled) {
        expect(branchRevision(graph, label).id).toBe(id)
        for (const other of descendants(graph, [id], 'children')) expect(labels.get(other)).toContain(label)
        for (const { id: head } of heads(graph, { branch: label }))
          expect(lineage(graph, id).has(head)).toBe(true)
        expect(bases(graph, { branch: label }).length).toBeGreaterThan(0)
      }
    })
  })

  test('a step down and a step up on a straight line come back', () => {
    holds(anyGraph, (graph) => {
      for (const { id, downRevisions } of graph.revisions.values()) {
        if (downRevisions.length !== 1) continue
        const line = { related: lineage(graph, id), selector: '', overrun: 'refuse' } as const
        const below = stepFrom(graph, { ...line, start: [id], steps: -1 })
        expect(stepFrom(graph, { ...line, start: below, steps: 1, related: new Set([id]) })).toEqual([id])
      }
    })
  })

  test('a cycle is found wherever it is, and each of its revisions is on it', () => {
    holds(fc.tuple(anyRevisions, fc.nat(), fc.nat()), ([revisions, from, to]) => {
      if (revisions.length === 0) return
      const first = revisions[from % revisions.length]!
      const graph = buildGraph(revisions)
      const below = [...descendants(graph, [first.id])]
      const last = below[to % below.length]!
      const closed = revisions.map((one) =>
        one.id === first.id ? { ...one, downRevisions: [...one.downRevisions, last] } : one,
      )
      expect(() => buildGraph(closed)).toThrow(/cycle/)
    })
  })
})
