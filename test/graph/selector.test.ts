import { describe, expect, test } from 'vitest'
import { UnknownBranchLabel } from '../../src/graph/branch.ts'
import { MissingRevision } from '../../src/graph/missing.ts'
import { AmbiguousRevision, UnknownRevision } from '../../src/graph/name.ts'
import { InvalidSelector, parseSelector } from '../../src/graph/selector.ts'
import { AmbiguousStep, RelativeOutOfRange } from '../../src/graph/step.ts'
import { MultipleHeads, RevisionNotOnBranch, WrongDirection } from '../../src/graph/targets.ts'
import { errorOf, graphOf, standingAt, target } from './revisions.ts'

// a ─ b ┬ c1 ─ d1   (one)
//       └ c2 ─ d2   (two)
const branched = graphOf('aaaa', 'b < aaaa', 'c1 < b; is one', 'd1 < c1', 'c2 < b; is two', 'd2 < c2')
const line = graphOf('a1', 'b2 < a1', 'c3 < b2', 'd4 < c3')

const found = (text: string, ...at: readonly string[]) =>
  target(branched, text, { direction: 'lookup', applied: standingAt(branched, ...at) }).ids
const above = (text: string, ...at: readonly string[]) =>
  target(branched, text, { direction: 'upgrade', applied: standingAt(branched, ...at) }).ids
const below = (text: string, ...at: readonly string[]) =>
  target(branched, text, { direction: 'downgrade', applied: standingAt(branched, ...at) })

describe('a selector names', () => {
  test('a revision by its whole id', () => expect(found('d1')).toEqual(['d1']))
  test('a revision by the beginning of its id', () => expect(found('aa')).toEqual(['aaaa']))
  test('the labelled revision by its label alone', () => expect(found('one')).toEqual(['c1']))
  test('all heads', () => expect(found('heads')).toEqual(['d1', 'd2']))
  test('the only head', () => expect(target(line, 'head', { direction: 'lookup' }).ids).toEqual(['d4']))
  test('the place before everything', () => expect(found('base')).toEqual([]))
  test('where the database stands', () => expect(found('current', 'c1', 'c2')).toEqual(['c1', 'c2']))
  test('where the database stands on a branch', () => expect(found('two@current', 'd1')).toEqual(['b']))
  test('the head of a branch', () => expect(found('one@head')).toEqual(['d1']))
  test('the heads of a branch', () => expect(found('two@heads')).toEqual(['d2']))
  test('the head above a revision', () => expect(found('c1@head')).toEqual(['d1']))
  test('a revision of a branch, also below where it begins', () => {
    expect(found('one@d1')).toEqual(['d1'])
    expect(below('one@b', 'd1')).toEqual({ ids: ['b'], branch: 'c1' })
  })
  test('a partial id that is unique on the branch', () => {
    expect(found('one@d')).toEqual(['d1'])
    expect(found('two@c')).toEqual(['c2'])
  })
  test('so many steps above a revision', () => expect(found('one@aaaa+3')).toEqual(['d1']))
  test('so many steps below a revision', () => expect(found('d2-2')).toEqual(['b']))
  test('so many steps below the head of a branch', () => expect(found('two@head-1')).toEqual(['c2']))
  test('so many steps above the base', () => expect(found('base+2')).toEqual(['b']))
  test('so many steps above the base, on a branch', () => expect(found('two@base+3')).toEqual(['c2']))
  test('steps from where the database stands', () => {
    expect(above('+1', 'c1')).toEqual(['d1'])
    expect(above('+2')).toEqual(['b'])
    expect(below('-1', 'd1')).toEqual({ ids: ['c1'], branch: 'd1' })
    expect(below('-1', 'aaaa').ids).toEqual([])
  })
  test('steps on a branch that is not yet begun', () => expect(above('two@+1', 'd1')).toEqual(['c2']))
  test('steps on a branch from its own tip', () => expect(above('two@+1', 'c1', 'c2')).toEqual(['d2']))
  test('steps down one branch of several', () => {
    expect(below('one@-1', 'd1', 'd2')).toEqual({ ids: ['c1'], branch: 'c1' })
  })
  test('all parents of a merge, a step below it', () => {
    const graph = graphOf('a', 'b1 < a', 'b2 < a', 'm < b1 b2')
    const standing = { direction: 'downgrade', applied: standingAt(graph, 'm') } as const
    expect(target(graph, '-1', standing).ids).toEqual(['b1', 'b2'])
    expect(target(graph, 'b2@-2', standing).ids).toEqual(['a'])
    expect(errorOf(() => target(graph, '-2', standing))).toMatchObject({ candidates: ['b1', 'b2'] })
  })
  test('the one head that depends on the others, for a bare step', () => {
    const graph = graphOf('x1', 'y1; needs x1', 'y2 < y1')
    expect(target(graph, '-1', { direction: 'downgrade', applied: standingAt(graph, 'y2') }).ids).toEqual([
      'y1',
    ])
  })
  test('an applied id without a file, by its whole id', () => {
    expect(target(line, 'ghost', { direction: 'lookup', applied: new Set(['ghost']) }).ids).toEqual(['ghost'])
  })
  test('nothing in an empty folder', () => {
    expect(target(graphOf(), 'head', { direction: 'upgrade' }).ids).toEqual([])
  })
})

describe('a selector is refused', () => {
  test.each(['', '@', 'one@', 'a@b@c', 'a b', '++1', 'a:b', '1-x'])('as "%s"', (text) => {
    expect(() => parseSelector(text)).toThrow(InvalidSelector)
  })
  test('when "head" could be several, and names them', () => {
    const error = errorOf(() => found('head'))
    expect(error).toBeInstanceOf(MultipleHeads)
    expect(error).toMatchObject({ code: 'MULTIPLE_HEADS', heads: ['d1', 'd2'], selector: 'head' })
    expect(error.message).toBe('"head" could be any of 2 heads: d1, d2.')
  })
  test('when "head" could be several because a file is missing in between, and names the file', () => {
    const graph = graphOf('a', 'c < b', 'd < c')
    const error = errorOf(() => target(graph, 'head', { direction: 'upgrade' }))
    expect(error.message).toBe('No file is revision b, and c (migrations/c.ts) needs it.')
  })
  test('when a branch has several heads', () => {
    expect(errorOf(() => found('aaaa@head'))).toBeInstanceOf(MultipleHeads)
  })
  test('when a partial id is not unique, and names the candidates', () => {
    const error = errorOf(() => found('d'))
    expect(error).toBeInstanceOf(AmbiguousRevision)
    expect(error).toMatchObject({ candidates: ['d1', 'd2'] })
  })
  test('when nothing has that name, with what may have been meant', () => {
    const error = errorOf(() => found('aaab'))
    expect(error).toBeInstanceOf(UnknownRevision)
    expect(error.hint).toContain('Did you mean aaaa?')
  })
  test('when no branch has that label', () => {
    const error = errorOf(() => found('onn@head'))
    expect(error).toBeInstanceOf(UnknownBranchLabel)
    expect(error).toMatchObject({ candidates: ['one'] })
  })
  test('when the revision is not on the branch', () => {
    expect(errorOf(() => found('one@d2'))).toBeInstanceOf(RevisionNotOnBranch)
  })
  test('when there are fewer revisions than steps', () => {
    expect(errorOf(() => above('+2', 'd1'))).toMatchObject({ code: 'RELATIVE_OUT_OF_RANGE', reached: 'd1' })
    expect(errorOf(() => below('-5', 'd1'))).toBeInstanceOf(RelativeOutOfRange)
    expect(errorOf(() => below('-1'))).toMatchObject({ reached: null })
  })
  test('when the steps could go to several revisions, and names them', () => {
    const error = errorOf(() => above('+1', 'b'))
    expect(error).toBeInstanceOf(AmbiguousStep)
    expect(error).toMatchObject({ candidates: ['c1', 'c2'] })
  })
  test('when the steps could begin at several heads, and names them', () => {
    expect(errorOf(() => below('-1', 'd1', 'c2'))).toMatchObject({ candidates: ['d1', 'c2'] })
    expect(errorOf(() => above('+1', 'c1', 'c2'))).toMatchObject({ candidates: ['c1', 'c2'] })
  })
  test('when it counts against the direction', () => {
    expect(errorOf(() => above('-1', 'c1'))).toBeInstanceOf(WrongDirection)
    expect(errorOf(() => below('+1', 'c1'))).toBeInstanceOf(WrongDirection)
  })
  test('when it counts from an applied revision that has no file', () => {
    const standing = { direction: 'upgrade', applied: new Set(['a1', 'ghost']) } as const
    expect(errorOf(() => target(line, '+1', standing))).toBeInstanceOf(MissingRevision)
  })
})
