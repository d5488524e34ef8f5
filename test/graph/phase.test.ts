import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/graph/graph.ts'
import { ancestors } from '../../src/graph/lineage.ts'
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
    [...found].map(([id, { round, border }]) => [id, `${round} ${border ?? ''}`.trim()]),
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

  test('that stands on a contract waits with it, and a contract on that for one more application', () => {
    const lines = ['E1', 'C1 < E1', 'E2 < C1', 'C2 < E2', 'E3 < C2']
    expect(placed(lines)).toEqual({ E1: '0', C1: '1 C1', E2: '1 C1', C2: '2 C2', E3: '2 C2' })
  })

  test('is in the round of now once what it waited for is applied', () => {
    const lines = ['E1', 'C1 < E1', 'E2 < C1', 'C2 < E2']
    expect(placed(lines, ['E1', 'C1', 'E2'])).toEqual({ C2: '1 C2' })
    expect(placed(lines, ['E1', 'C1'])).toEqual({ E2: '0', C2: '1 C2' })
  })

  test('on another path does not wait, but one that depends on a contract does', () => {
    expect(placed(['E1', 'C1 < E1', 'E2 < E1', 'E3 < E2; needs C1'])).toEqual({
      E1: '0',
      C1: '1 C1',
      E2: '0',
      E3: '1 C1',
    })
  })

  test('that merges two paths stands behind the later one', () => {
    expect(placed(['E1', 'C1 < E1', 'E2 < C1', 'C2 < E2', 'E4 < E1', 'E5 < C2 E4'])).toMatchObject({
      E4: '0',
      E5: '2 C2',
    })
  })
})

test('in whatever graph: no revision runs before what it stands on, and no contract with an expand below it', () => {
  const drawn = fc.array(
    fc.record({ contract: fc.boolean(), parents: fc.array(fc.nat(), { maxLength: 3 }) }),
    {
      minLength: 1,
      maxLength: 25,
    },
  )
  fc.assert(
    fc.property(drawn, (nodes) => {
      const revisions = nodes.map(({ parents }, at) =>
        revision(`r${at}`, {
          downRevisions: [...new Set(parents.filter(() => at > 0).map((n) => `r${n % at}`))],
        }),
      )
      const graph = buildGraph(revisions)
      const phaseOf = (id: string): Phase =>
        nodes[Number(id.slice(1))]?.contract === true ? 'contract' : 'expand'
      const pending = [...graph.revisions.values()].map((one) => ({ revision: one, phase: phaseOf(one.id) }))
      const found = places(graph, pending)
      const roundOf = (id: string) => found.get(id)?.round ?? -1
      for (const { revision: one, phase } of pending) {
        const below = [...ancestors(graph, [one.id])].filter((id) => id !== one.id)
        for (const id of below) {
          expect(roundOf(id)).toBeLessThanOrEqual(roundOf(one.id))
          if (phase === 'contract' && phaseOf(id) === 'expand')
            expect(roundOf(id)).toBeLessThan(roundOf(one.id))
        }
        if (phase === 'contract') expect(roundOf(one.id)).toBeGreaterThan(0)
        // Nor does anything wait longer than it has to.
        const least = Math.max(
          phase === 'contract' ? 1 : 0,
          ...below.map((id) => roundOf(id) + (phase === 'contract' && phaseOf(id) === 'expand' ? 1 : 0)),
        )
        expect(roundOf(one.id)).toBe(least)
      }
    }),
  )
})
