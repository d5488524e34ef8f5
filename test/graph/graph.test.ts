import { describe, expect, test } from 'vitest'
import { branchLabels } from '../../src/graph/branch.ts'
import { buildGraph, children, DuplicateRevision, parents } from '../../src/graph/graph.ts'
import { appliedHeads, bases, branchPoints, heads } from '../../src/graph/heads.ts'
import { DuplicateBranchLabel } from '../../src/graph/label.ts'
import { ancestors, descendants } from '../../src/graph/lineage.ts'
import { MissingRevision, presentRevision } from '../../src/graph/missing.ts'
import { AmbiguousRevision } from '../../src/graph/name.ts'
import { RevisionCycle } from '../../src/graph/order.ts'
import { IllegalName } from '../../src/graph/revision.ts'
import { NotAHead, parentsOfNew } from '../../src/graph/splice.ts'
import { errorOf, graphOf, ids, revision, revisions, target } from './revisions.ts'

const diamond = graphOf('a', 'b1 < a', 'b2 < a', 'c < b1 b2', 'd < c')
const twoBases = graphOf('x1; is x', 'x2 < x1', 'y1; is y', 'y2 < y1; needs x1')

describe('a graph', () => {
  test('puts parents and dependencies first, whatever order the files come in', () => {
    const shuffled = [...revisions('a', 'b1 < a', 'b2 < a', 'c < b1 b2', 'd < c')].reverse()
    expect([...buildGraph(shuffled).revisions.keys()]).toEqual(['a', 'b1', 'b2', 'c', 'd'])
  })

  test('follows one lineage to its end before it begins another', () => {
    const graph = graphOf('a', 'p1 < a', 'q1 < a', 'p2 < p1', 'q2 < q1')
    expect([...graph.revisions.keys()]).toEqual(['a', 'p1', 'p2', 'q1', 'q2'])
  })

  test('orders by date, then by id, where nothing else decides', () => {
    const dated = (id: string, createDate: string) => revision(id, { createDate })
    const graph = buildGraph([dated('b', '2026-02'), dated('c', '2026-01'), dated('a', '2026-02')])
    expect([...graph.revisions.keys()]).toEqual(['c', 'a', 'b'])
  })

  test('knows the children and parents of a revision', () => {
    expect(ids(children(diamond, 'a'))).toEqual(['b1', 'b2'])
    expect(parents(diamond, 'c')).toEqual(['b1', 'b2'])
  })

  test('reaches ancestors and descendants through dependencies unless told not to', () => {
    expect([...ancestors(twoBases, ['y2'])].sort()).toEqual(['x1', 'y1', 'y2'])
    expect([...ancestors(twoBases, ['y2'], 'parents')].sort()).toEqual(['y1', 'y2'])
    expect([...descendants(twoBases, ['x1'])].sort()).toEqual(['x1', 'x2', 'y2'])
    expect([...descendants(twoBases, ['x1'], 'children')].sort()).toEqual(['x1', 'x2'])
  })

  test('takes ids of any length', () => {
    const long = 'add_the_organization_id_to_users_and_backfill_it'.repeat(20)
    const graph = buildGraph([revision(long), revision('next', { downRevisions: [long] })])
    expect(ids(heads(graph))).toEqual(['next'])
  })

  test('takes a merge that names a parent twice', () => {
    const graph = graphOf('a', 'b < a a')
    expect(ids(children(graph, 'a'))).toEqual(['b'])
    expect(parents(graph, 'b')).toEqual(['a'])
  })

  test('takes a dependency by partial id and by branch label', () => {
    const graph = graphOf('abcdef; is lib', 'p; needs abc', 'q; needs lib')
    expect(graph.dependencies.get('p')).toEqual(['abcdef'])
    expect(graph.dependencies.get('q')).toEqual(['abcdef'])
  })

  test('holds ten thousand revisions in a chain', () => {
    const chain = Array.from({ length: 10_000 }, (_, at) =>
      revision(`r${at}`, { downRevisions: at === 0 ? [] : [`r${at - 1}`] }),
    )
    expect(ids(heads(buildGraph(chain)))).toEqual(['r9999'])
  })
})

describe('heads and bases', () => {
  test('are the ends of the graph', () => {
    expect(ids(heads(twoBases))).toEqual(['x2', 'y2'])
    expect(ids(bases(twoBases))).toEqual(['x1', 'y1'])
    expect(ids(branchPoints(diamond))).toEqual(['a'])
  })

  test('can be those of one branch, named by its label or by a revision of it', () => {
    expect(ids(heads(twoBases, { branch: 'y' }))).toEqual(['y2'])
    expect(ids(bases(twoBases, { branch: 'x2' }))).toEqual(['x1'])
    expect(ids(branchPoints(twoBases, { branch: 'y' }))).toEqual([])
  })

  test('leave out what others depend on, if asked to', () => {
    const graph = graphOf('x1', 'y1; needs x1')
    expect(ids(heads(graph))).toEqual(['x1', 'y1'])
    expect(ids(heads(graph, { resolveDependencies: true }))).toEqual(['y1'])
  })

  test('of the applied set are those that no applied revision comes after', () => {
    expect(appliedHeads(diamond, new Set(['a', 'b1', 'b2']))).toEqual(['b1', 'b2'])
    expect(appliedHeads(diamond, new Set())).toEqual([])
  })

  test('of the applied set pass over a revision that was put in between later', () => {
    expect(appliedHeads(graphOf('a', 'b < a', 'c < b'), new Set(['a', 'c']))).toEqual(['c'])
  })

  test('of the applied set include an id without a file, unless an applied revision names it', () => {
    const graph = graphOf('a', 'c < ghost')
    expect(appliedHeads(graph, new Set(['a', 'ghost']))).toEqual(['a', 'ghost'])
    expect(appliedHeads(graph, new Set(['a', 'ghost', 'c']))).toEqual(['a', 'c'])
  })
})

describe('branch labels', () => {
  test('cover the descendants, and the ancestors back to the branch point', () => {
    const labels = branchLabels(graphOf('a', 'p1 < a', 'p2 < p1; is pay', 'p3 < p2', 'q1 < a'))
    expect([...labels.keys()].sort()).toEqual(['p1', 'p2', 'p3'])
  })

  test('may meet on a merge', () => {
    const labels = branchLabels(graphOf('p; is pay', 'q; is queue', 'm < p q'))
    expect(labels.get('m')).toEqual(['pay', 'queue'])
  })
})

describe('a graph refuses', () => {
  test('two files with one id, and names both', () => {
    const call = () => buildGraph([revision('a', { file: 'one.ts' }), revision('a', { file: 'two.ts' })])
    expect(errorOf(call)).toBeInstanceOf(DuplicateRevision)
    expect(errorOf(call)).toMatchObject({ code: 'DUPLICATE_REVISION', files: ['one.ts', 'two.ts'] })
  })

  test('a cycle, and names it in the order of its revisions', () => {
    const error = errorOf(() => graphOf('start', 'a < start c', 'b < a', 'c < b', 'after < c'))
    expect(error).toBeInstanceOf(RevisionCycle)
    expect(error.message).toMatch(/a → b → c → a|b → c → a → b|c → a → b → c/)
  })

  test('a cycle through a dependency, and a revision that comes after itself', () => {
    expect(errorOf(() => graphOf('a; needs b', 'b < a')).message).toContain('→')
    expect(errorOf(() => graphOf('a < a')).message).toBe('The revisions form a cycle: a → a.')
    expect(errorOf(() => graphOf('a; needs a'))).toBeInstanceOf(RevisionCycle)
  })

  test('a branch label that is used twice, or is an id', () => {
    expect(errorOf(() => graphOf('a; is lib', 'b; is lib'))).toBeInstanceOf(DuplicateBranchLabel)
    expect(errorOf(() => graphOf('a', 'b; is a'))).toMatchObject({
      files: ['migrations/a.ts', 'migrations/b.ts'],
    })
  })

  test.each(['a@b', 'a-b', 'a+b', 'a:b', 'head', 'base', '', 'a b'])('the id "%s"', (id) => {
    expect(errorOf(() => buildGraph([revision(id, { file: 'bad.ts' })]))).toMatchObject({
      code: 'ILLEGAL_NAME',
      file: 'bad.ts',
    })
  })

  test('a label that selectors could not name', () => {
    expect(errorOf(() => buildGraph([revision('a', { branchLabels: ['my-lib'] })]))).toBeInstanceOf(
      IllegalName,
    )
  })

  test('a dependency that could be several revisions', () => {
    expect(errorOf(() => graphOf('abc1', 'abc2', 'x; needs abc'))).toBeInstanceOf(AmbiguousRevision)
  })
})

describe('a missing parent', () => {
  const graph = graphOf('a', 'users_2 < users_1', 'x < users_2')

  test('does not trouble the rest of the graph', () => {
    expect(ids(heads(graph))).toEqual(['a', 'x'])
    expect(ids(bases(graph))).toEqual(['a'])
  })

  test('is named with the file that needs it and what may have been meant', () => {
    const error = errorOf(() => presentRevision(graph, 'users_1'))
    expect(error).toBeInstanceOf(MissingRevision)
    expect(error.message).toBe('No file is revision users_1, and users_2 (migrations/users_2.ts) needs it.')
    expect(error.hint).toContain('Did you mean users_2?')
  })
})

describe('the parents of a new revision', () => {
  test('are the heads named', () => {
    const targets = target(twoBases, 'heads', { direction: 'lookup' })
    expect(ids(parentsOfNew(twoBases, targets, { splice: false }))).toEqual(['x2', 'y2'])
  })

  test('are no branch point unless a splice is asked for', () => {
    const targets = target(diamond, 'b1', { direction: 'lookup' })
    expect(errorOf(() => parentsOfNew(diamond, targets, { splice: false }))).toBeInstanceOf(NotAHead)
    expect(ids(parentsOfNew(diamond, targets, { splice: true }))).toEqual(['b1'])
  })
})
