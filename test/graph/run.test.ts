import { describe, expect, test } from 'vitest'
import { parseRange, resolveRange } from '../../src/graph/range.ts'
import { placeRevisions } from '../../src/graph/replaced.ts'
import { runBetween } from '../../src/graph/run.ts'
import { ids, revisions } from './revisions.ts'

const lines = ['a', 'b < a', 'c < b; needs x', 'x', 'm < c x', 'n < m', 'o < n', 'p < n']

function run(range: string, ...more: readonly string[]): readonly string[] {
  const { graph } = placeRevisions(revisions(...lines, ...more))
  const standing = { applied: new Set<string>(), direction: 'lookup' } as const
  return ids(runBetween(graph, resolveRange(graph, parseRange(range), standing)))
}

describe('a run of revisions', () => {
  test('is the line between two of them, both included, whatever it comes after and depends on', () => {
    expect(run('a:c')).toEqual(['a', 'b', 'c'])
    expect(run('base:b')).toEqual(['a', 'b'])
    expect(run(':c')).toEqual(['a', 'b', 'c'])
    expect(run('m:n')).toEqual(['m', 'n'])
    expect(run('b:+1')).toEqual(['b', 'c'])
    expect(run('-1:c')).toEqual(['b', 'c'])
  })

  test.each([
    ['a:n', 'm joins c and x'],
    ['m:o', 'p (migrations/p.ts) comes after n too'],
    ['a:a', 'there is only a'],
    ['base:heads', 'there are several at the end of the range: o, p'],
    ['base:base', 'there is none at the end of the range'],
    ['c:a', 'Revision c does not come before a'],
  ])('%s is none: %s', (range, says) => {
    expect(() => run(range)).toThrow(says)
  })

  test('may be one of revisions that replace others', () => {
    expect(run('s:m2', 's < c x; replaces m n o p', 'm2 < s')).toEqual(['s', 'm2'])
  })
})
