import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/graph/graph.ts'
import { ancestors, descendants } from '../../src/graph/lineage.ts'
import { places } from '../../src/graph/phase.ts'
import type { Phase } from '../../src/graph/revision.ts'
import { graphOf, revision } from './revisions.ts'

/** The place of each revision; those whose id begins with C are contracts. What is applied is left out. */
function placed(lines: readonly string[], applied: readonly string[] = []) {
  const graph = graphOf(...lines)
  const pending = [...graph.revisions.values()].filter(({ id }) => !applied.includes(id))
  const found = places(
    graph,
    pending.map((one) => ({ revision: one, phase: one.id.startsWith('C') ? 'contract' : 'expand' })),
  )
  return Object.fromEntries(
    [...found].map(([id, { turn, border }]) => [id, `${turn} ${border ?? ''}`.trim()]),
  )
}

describe('a pending revision', () => {
  test('runs before the new application as long as it stands on no contract', () => {
    expect(placed(['E1', 'E2 < E1', 'C1 < E2', 'C2 < C1'])).toEqual({
      E1: '0',
      E2: '0',
      C1: '1 C1',
      C2: '1 C2',
    })
  })

  test('that stands on a contract comes with it', () => {
    expect(placed(['E1', 'C1 < E1', 'E2 < C1', 'E3 < E2'])).toEqual({
      E1: '0',
      C1: '1 C1',
      E2: '1 C1',
      E3: '1 C1',
    })
  })

  test('that stands on a contract and has one on it begins a deploy of its own', () => {
    const lines = ['E1', 'C1 < E1', 'E2 < C1', 'E3 < E2', 'C2 < E3', 'E4 < C2', 'E5 < E2']
    expect(placed(lines)).toEqual({
      E1: '0',
      C1: '1 C1',
      E2: '2 C1',
      E3: '2 C1',
      C2: '3 C2',
      E4: '3 C2',
      E5: '2 C1',
    })
  })

  test('has its turn now once what it waited for is applied', () => {
    const lines = ['E1', 'C1 < E1', 'E2 < C1', 'C2 < E2']
    expect(placed(lines, ['E1', 'C1', 'E2'])).toEqual({ C2: '1 C2' })
    expect(placed(lines, ['E1', 'C1'])).toEqual({ E2: '0', C2: '1 C2' })
  })

  test('on another path does not wait, but one that depends on a contract does', () => {
    expect(placed(['E1', 'C1 < E1', 'E2 < E1', 'E3 < E2; needs C1', 'C2 < E2'])).toEqual({
      E1: '0',
      C1: '1 C1',
      E2: '0',
      E3: '1 C1',
      C2: '1 C2',
    })
  })

  test('that merges two paths stands behind the later one', () => {
    expect(placed(['E1', 'C1 < E1', 'E2 < C1', 'C2 < E2', 'E4 < E1', 'E5 < C2 E4'])).toMatchObject({
      E4: '0',
      E5: '3 C2',
    })
  })
})

test('in whatever graph: no turn comes before what it stands on, none brings in what it takes away, none is wasted', () => {
  const node = fc.record({ contract: fc.boolean(), parents: fc.array(fc.nat(), { maxLength: 3 }) })
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 25 }), (nodes) => {
      const revisions = nodes.map(({ parents }, at) =>
        revision(`r${at}`, {
          downRevisions: [...new Set(parents.filter(() => at > 0).map((n) => `r${n % at}`))],
        }),
      )
      const graph = buildGraph(revisions)
      const isContract = (id: string) => nodes[Number(id.slice(1))]?.contract === true
      const phaseOf = (id: string): Phase => (isContract(id) ? 'contract' : 'expand')
      const pending = [...graph.revisions.values()].map((one) => ({ revision: one, phase: phaseOf(one.id) }))
      const found = places(graph, pending)
      const turnOf = (id: string) => found.get(id)?.turn ?? -1
      for (const id of graph.revisions.keys()) {
        const below = [...ancestors(graph, [id])].filter((other) => other !== id)
        const above = [...descendants(graph, [id])].filter((other) => other !== id)
        const latest = Math.max(0, ...below.map(turnOf))
        expect(turnOf(id)).toBeGreaterThanOrEqual(latest)
        expect(turnOf(id)).toBeLessThanOrEqual(latest + 1)
        if (isContract(id)) {
          expect(turnOf(id) % 2).toBe(1)
          // An application between each expand revision and the contract that ends it.
          for (const other of below.filter((one) => !isContract(one)))
            expect(turnOf(other)).toBeLessThan(turnOf(id))
        } else if (turnOf(id) % 2 === 1) expect(above.filter(isContract)).toEqual([])
      }
    }),
  )
})
