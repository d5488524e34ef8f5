import { describe, expect, test } from 'vitest'
import { MissingRevision } from '../../src/graph/missing.ts'
import { upgradePath } from '../../src/graph/path.ts'
import {
  appliedUpTo,
  InvalidRange,
  NotAncestor,
  parseRange,
  resolveRange,
  revisionsBetween,
} from '../../src/graph/range.ts'
import { errorOf, graphOf, ids, standingAt } from './revisions.ts'

const graph = graphOf('a', 'b < a', 'c < b', 'd < c', 'x; is lib', 'y < x; needs b', 'z < y')

const between = (text: string, ...at: readonly string[]) =>
  ids(
    revisionsBetween(
      graph,
      resolveRange(graph, parseRange(text), { direction: 'lookup', applied: standingAt(graph, ...at) }),
    ),
  )

describe('a range', () => {
  test('includes both ends', () => expect(between('b:d')).toEqual(['b', 'c', 'd']))
  test('may be open at the end', () => expect(between('c:')).toEqual(['c', 'd']))
  test('may be open at the beginning', () => expect(between(':b')).toEqual(['a', 'b']))
  test('may be open at both ends', () => expect(between(':')).toHaveLength(7))
  test('includes what its end depends on, from before everything', () => {
    expect(between(':lib@head')).toEqual(['a', 'b', 'x', 'y', 'z'])
  })
  test('from the base of a branch is of that branch', () => {
    expect(between('lib@base:')).toEqual(['a', 'b', 'x', 'y', 'z'])
    expect(between('d@base:')).toEqual(['a', 'b', 'c', 'd'])
  })
  test('may begin so many steps before its end', () => {
    expect(between('-2:d')).toEqual(['b', 'c', 'd'])
    expect(between('-1:current', 'c')).toEqual(['b', 'c'])
  })
  test('begins at the base where fewer steps are left', () => {
    expect(between('-3:current', 'b')).toEqual(['a', 'b'])
  })
  test('may end so many steps after its beginning', () => expect(between('b:+1')).toEqual(['b', 'c']))
  test('may be around where the database stands', () => {
    expect(between('current:', 'c')).toEqual(['c', 'd'])
    expect(between('-1:+1', 'c')).toEqual(['b', 'c', 'd'])
  })
  test('may be one of a branch that counts', () => expect(between('lib@-1:lib@head')).toEqual(['y', 'z']))
  test('says where offline mode starts', () => {
    const { from, to } = resolveRange(graph, parseRange('b:d'), { direction: 'upgrade', applied: new Set() })
    expect(ids(upgradePath(graph, { applied: appliedUpTo(graph, from), targets: to }))).toEqual(['c', 'd'])
  })
})

describe('a range is refused', () => {
  test.each(['a', 'a:b:c', ''])('as "%s"', (text) => {
    expect(() => parseRange(text)).toThrow(InvalidRange)
  })
  test('the wrong way round', () => {
    expect(errorOf(() => between('d:b'))).toBeInstanceOf(NotAncestor)
  })
  test('between branches that do not meet', () => {
    expect(errorOf(() => between('x:d'))).toMatchObject({ from: 'x', to: ['d'] })
  })
  test('where a file is missing between its ends', () => {
    const broken = graphOf('a', 'c < ghost')
    const range = { direction: 'lookup', applied: new Set<string>() } as const
    const call = () => revisionsBetween(broken, resolveRange(broken, parseRange('a:c'), range))
    expect(errorOf(call)).toBeInstanceOf(MissingRevision)
  })
})
