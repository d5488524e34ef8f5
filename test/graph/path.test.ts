import { describe, expect, test } from 'vitest'
import type { Graph } from '../../src/graph/graph.ts'
import { MissingRevision } from '../../src/graph/missing.ts'
import { downgradePath, TargetNotApplied, upgradePath } from '../../src/graph/path.ts'
import { errorOf, graphOf, ids, standingAt, target } from './revisions.ts'

const up = (graph: Graph, text: string, applied: ReadonlySet<string>) =>
  ids(upgradePath(graph, { applied, targets: target(graph, text, { direction: 'upgrade', applied }) }))
const down = (graph: Graph, text: string, applied: ReadonlySet<string>) =>
  ids(downgradePath(graph, { applied, targets: target(graph, text, { direction: 'downgrade', applied }) }))

const line = graphOf('a', 'b < a', 'c < b', 'd < c')
const branched = graphOf('a', 'b < a', 'c1 < b; is one', 'd1 < c1', 'c2 < b; is two', 'd2 < c2')
const merged = graphOf('a1', 'b1 < a1', 'c1 < b1', 'a2', 'b2 < a2', 'c2 < b2', 'd1 < c1 c2', 'd2 < c2')

describe('an upgrade', () => {
  test('applies what is not applied, oldest first', () => {
    expect(up(line, 'head', standingAt(line, 'b'))).toEqual(['c', 'd'])
    expect(up(line, 'c', new Set())).toEqual(['a', 'b', 'c'])
    expect(up(line, '+1', standingAt(line, 'a'))).toEqual(['b'])
  })
  test('has nothing to do at the head, nor to a revision below', () => {
    expect(up(line, 'head', standingAt(line, 'd'))).toEqual([])
    expect(up(line, 'b', standingAt(line, 'd'))).toEqual([])
    expect(up(line, 'base', standingAt(line, 'd'))).toEqual([])
  })
  test('of one branch leaves the other alone', () => {
    expect(up(branched, 'two@head', standingAt(branched, 'b'))).toEqual(['c2', 'd2'])
  })
  test('of all branches finishes one before the next', () => {
    expect(up(branched, 'heads', standingAt(branched, 'a'))).toEqual(['b', 'c1', 'd1', 'c2', 'd2'])
  })
  test('to a merge brings all its parents', () => {
    expect(up(merged, 'd1', standingAt(merged, 'd2', 'b1'))).toEqual(['c1', 'd1'])
  })
  test('brings dependencies from other bases first', () => {
    const graph = graphOf('a2', 'c2 < a2; needs lib', 'a1', 'b1 < a1; is lib', 'd1 < b1')
    expect(up(graph, 'c2', standingAt(graph, 'a2'))).toEqual(['a1', 'b1', 'c2'])
  })
  test('brings what was put below an applied revision later', () => {
    expect(up(line, 'head', new Set(['a', 'c']))).toEqual(['b', 'd'])
  })
  test('is not troubled by a missing file of an applied revision', () => {
    const graph = graphOf('a', 'c < ghost', 'd < c')
    expect(up(graph, 'heads', new Set(['a', 'ghost', 'c']))).toEqual(['d'])
    expect(up(graph, 'heads', new Set(['a', 'ghost']))).toEqual(['c', 'd'])
    expect(up(line, 'head', new Set(['a', 'gone']))).toEqual(['b', 'c', 'd'])
  })
  test('is refused where a missing file must run, and names who needs it', () => {
    const graph = graphOf('a', 'c < ghost', 'd < c')
    const error = errorOf(() => up(graph, 'd', new Set(['a'])))
    expect(error).toBeInstanceOf(MissingRevision)
    expect(error).toMatchObject({ id: 'ghost', neededBy: { file: 'migrations/c.ts' } })
    expect(up(graph, 'a', new Set())).toEqual(['a'])
  })
  test('is refused where a missing dependency must run', () => {
    const graph = graphOf('a; needs ghost')
    expect(errorOf(() => up(graph, 'a', new Set()))).toMatchObject({ id: 'ghost' })
  })
})

describe('a downgrade', () => {
  test('undoes what is above the target, latest first', () => {
    expect(down(line, 'b', standingAt(line, 'd'))).toEqual(['d', 'c'])
    expect(down(line, '-3', standingAt(line, 'd'))).toEqual(['d', 'c', 'b'])
    expect(down(line, 'base', standingAt(line, 'c'))).toEqual(['c', 'b', 'a'])
    expect(down(line, 'a+1', standingAt(line, 'd'))).toEqual(['d', 'c'])
  })
  test('has nothing to do where it stands already', () => {
    expect(down(line, 'c', standingAt(line, 'c'))).toEqual([])
    expect(down(line, 'current', standingAt(line, 'c'))).toEqual([])
    expect(down(line, 'base', new Set())).toEqual([])
  })
  test('to a branch point undoes all branches', () => {
    expect(down(branched, 'b', standingAt(branched, 'd1', 'd2'))).toEqual(['d2', 'c2', 'd1', 'c1'])
    expect(down(branched, 'base+2', standingAt(branched, 'd1', 'd2'))).toEqual(['d2', 'c2', 'd1', 'c1'])
  })
  test('to a branch point undoes only the branch that is named, by label or by any revision of it', () => {
    const applied = standingAt(branched, 'd1', 'd2')
    expect(down(branched, 'two@b', applied)).toEqual(['d2', 'c2'])
    expect(down(branched, 'd1@b', applied)).toEqual(['d1', 'c1'])
    expect(down(branched, 'two@base+2', applied)).toEqual(['d2', 'c2'])
    expect(down(branched, 'two@base+3', applied)).toEqual(['d2'])
    expect(down(branched, 'd2-1', applied)).toEqual(['d2'])
    expect(down(branched, 'one@head-1', applied)).toEqual(['d1'])
  })
  test('through half a merge leaves the other half', () => {
    expect(down(merged, 'b1', standingAt(merged, 'd1', 'd2'))).toEqual(['d1', 'c1'])
  })
  test('by a step from a merge undoes the merge alone', () => {
    expect(down(merged, '-1', standingAt(merged, 'd1'))).toEqual(['d1'])
  })
  test('undoes dependents first, also of other branches', () => {
    const graph = graphOf('x1; is x', 'x2 < x1', 'y1; is y', 'y2 < y1; needs x2', 'y3 < y2')
    const applied = standingAt(graph, 'x2', 'y3')
    expect(down(graph, 'x@base', applied)).toEqual(['y3', 'y2', 'x2', 'x1'])
    expect(down(graph, 'y@base', applied)).toEqual(['y3', 'y2', 'y1'])
    expect(down(graph, 'x2', applied)).toEqual([])
  })
  test('leaves what merely depends on the target', () => {
    const graph = graphOf('a1', 'a2 < a1', 'b1', 'b2 < b1; needs a2', 'a3 < a2; needs b1')
    expect(down(graph, 'b1', standingAt(graph, 'a3', 'b2'))).toEqual(['b2'])
  })
  test('to the base of one branch leaves bases beside it', () => {
    const graph = graphOf('p', 'q < p', 'r', 's < r')
    expect(down(graph, 's@base', standingAt(graph, 'q', 's'))).toEqual(['s', 'r'])
    expect(down(graph, 'base', standingAt(graph, 'q', 's'))).toEqual(['s', 'r', 'q', 'p'])
  })
  test('is refused where the target is not applied', () => {
    const error = errorOf(() => down(line, 'd', standingAt(line, 'b')))
    expect(error).toBeInstanceOf(TargetNotApplied)
    expect(error).toMatchObject({ id: 'd' })
  })
  test('above a missing file is not troubled by it', () => {
    const graph = graphOf('a', 'c < ghost', 'd < c')
    const applied = new Set(['a', 'ghost', 'c', 'd'])
    expect(down(graph, 'c', applied)).toEqual(['d'])
    expect(down(graph, 'd@-1', applied)).toEqual(['d'])
    expect(down(graph, 'ghost', applied)).toEqual(['d', 'c'])
  })
  test('is refused where a missing file may be in the way', () => {
    const applied = new Set(['a', 'b', 'ghost'])
    expect(errorOf(() => down(line, 'a', applied))).toMatchObject({ code: 'MISSING_REVISION', id: 'ghost' })
    expect(errorOf(() => down(line, 'base', applied))).toBeInstanceOf(MissingRevision)
    expect(errorOf(() => down(line, '-1', applied))).toBeInstanceOf(MissingRevision)
    const broken = graphOf('a', 'c < ghost', 'd < c')
    expect(errorOf(() => down(broken, 'a', new Set(['a', 'ghost', 'c', 'd'])))).toMatchObject({ id: 'ghost' })
  })
  test('of a named branch passes over a missing file elsewhere', () => {
    expect(down(line, 'd@a', new Set(['a', 'b', 'ghost']))).toEqual(['b'])
  })
})
