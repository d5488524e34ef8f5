import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Graph } from '../../src/graph/graph.ts'
import { ancestors } from '../../src/graph/lineage.ts'
import { downgradePath, upgradePath } from '../../src/graph/path.ts'
import { appliedAsPlaced, type Placed, placeRevisions } from '../../src/graph/replaced.ts'
import { entryOf } from '../../src/graph/replaces.ts'
import type { Revision } from '../../src/graph/revision.ts'
import { ids, revisions, target } from './revisions.ts'

/** `a` comes before the run `b c d`, which `run` replaces, and `e` after it. */
const folder = revisions(
  'a',
  'b < a',
  'c < b',
  'd < c; is billing',
  'run < a; is billing; replaces b c d',
  'e < d',
)

function held(applied: readonly string[], begun: readonly string[] = []) {
  return { applied: new Set(applied), begun: new Set(begun) }
}

function place(read: readonly Revision[], applied: readonly string[], begun: readonly string[] = []) {
  const placed = placeRevisions(read, held(applied, begun))
  return { ...placed, applied: appliedAsPlaced(new Set(applied), placed) }
}

function standing({ graph }: Pick<Placed, 'graph'>): string {
  return [...graph.revisions.keys()].join(' ')
}

function pending(graph: Graph, applied: ReadonlySet<string>, to = 'head'): readonly string[] {
  return ids(upgradePath(graph, { applied, targets: target(graph, to, { applied, direction: 'upgrade' }) }))
}

describe('a revision that replaces a run', () => {
  test('stands where no database is asked, and what names the end of the run means it', () => {
    const { graph } = placeRevisions(folder)
    expect(standing({ graph })).toBe('a run e')
    expect(graph.revisions.get('e')?.downRevisions).toEqual(['run'])
    expect(graph.labelled.get('billing')?.id).toBe('run')
  })

  test.each([
    { applied: [], stands: 'a run e', lacks: ['a', 'run', 'e'] },
    { applied: ['a'], stands: 'a run e', lacks: ['run', 'e'] },
    { applied: ['a', 'b'], stands: 'a b c d e', lacks: ['c', 'd', 'e'] },
    { applied: ['a', 'b', 'c'], stands: 'a b c d e', lacks: ['d', 'e'] },
    { applied: ['a', 'b', 'c', 'd'], stands: 'a run e', lacks: ['e'] },
    { applied: ['a', 'b', 'c', 'd', 'e'], stands: 'a run e', lacks: [] },
    { applied: ['a', 'run'], stands: 'a run e', lacks: ['e'] },
  ])('where $applied are applied: $stands', ({ applied, stands, lacks }) => {
    const placed = place(folder, applied)
    expect(standing(placed)).toBe(stands)
    expect(pending(placed.graph, placed.applied)).toEqual(lacks)
  })

  test('stands back while a run of one of them is under way, in whichever direction', () => {
    expect(standing(place(folder, ['a'], ['b']))).toBe('a b c d e')
    expect(standing(place(folder, ['a', 'b', 'c', 'd'], ['d']))).toBe('a b c d e')
    expect(standing(place(folder, ['a'], ['run']))).toBe('a run e')
  })

  test('is undone as a whole, whichever rows the ledger has', () => {
    for (const applied of [
      ['a', 'b', 'c', 'd', 'e'],
      ['a', 'run', 'e'],
      ['a', 'b', 'c', 'd', 'run', 'e'],
    ]) {
      const placed = place(folder, applied)
      const targets = target(placed.graph, 'a', { applied: placed.applied, direction: 'downgrade' })
      expect(ids(downgradePath(placed.graph, { applied: placed.applied, targets }))).toEqual(['e', 'run'])
    }
  })

  test('has the name of the end of the run; its middle is an error that says so', () => {
    const { graph } = placeRevisions(folder)
    expect(target(graph, 'd', { direction: 'lookup' }).ids).toEqual(['run'])
    expect(target(graph, 'd@head', { direction: 'lookup' }).ids).toEqual(['e'])
    expect(target(graph, 'd+1', { direction: 'lookup' }).ids).toEqual(['e'])
    expect(() => target(graph, 'c', { direction: 'lookup' })).toThrow(
      'Revision c is a part of run now, which replaces it',
    )
    const within = place(folder, ['a', 'b'])
    expect(target(within.graph, 'run', { ...within, direction: 'upgrade' }).ids).toEqual(['d'])
    expect(target(within.graph, 'ru+1', { ...within, direction: 'upgrade' }).ids).toEqual(['e'])
  })

  test('is what depends on one of them depends on, and a branch begun within it goes on from it', () => {
    const { graph } = placeRevisions([...folder, ...revisions('x; needs c', 'y < c')])
    expect(graph.dependencies.get('x')).toEqual(['run'])
    expect(graph.revisions.get('y')?.downRevisions).toEqual(['run'])
    const within = place([...folder, ...revisions('x; needs c')], ['a', 'b'])
    expect(within.graph.dependencies.get('x')).toEqual(['c'])
  })

  test('may have a child that was written on it', () => {
    const read = [...folder, ...revisions('f < run')]
    expect(place(read, ['a', 'b']).graph.revisions.get('f')?.downRevisions).toEqual(['d'])
    expect(place(read, ['a', 'b', 'c', 'd']).graph.revisions.get('f')?.downRevisions).toEqual(['run'])
  })

  test('stands alone once the files of the run are gone; a database within it is told what is missing', () => {
    const later = folder.filter(({ id }) => !['b', 'c', 'd'].includes(id))
    expect(pending(place(later, []).graph, new Set())).toEqual(['a', 'run', 'e'])
    const past = place(later, ['a', 'b', 'c', 'd'])
    expect(pending(past.graph, past.applied)).toEqual(['e'])
    expect(() => place(later, ['a', 'b'])).toThrow(
      'The database has b of what run (migrations/run.ts) replaces, and c, d have no file.',
    )
    const passed = placeRevisions(later, held(['a', 'b']), { partial: 'pass' })
    expect(standing(passed)).toBe('a run e')
    expect([...appliedAsPlaced(new Set(['a', 'b']), passed)]).toEqual(['a', 'b'])
  })

  test('cannot replace what another one does', () => {
    const twice = [...folder, ...revisions('other < c; replaces d e')]
    expect(() => placeRevisions(twice)).toThrow(
      'Revision d is replaced in two files: migrations/run.ts and migrations/other.ts.',
    )
  })

  test('replaces neither itself nor what replaces it', () => {
    expect(() => placeRevisions(revisions('a', 'b; replaces a b'))).toThrow('form a cycle: b → b')
    const each = revisions('a', 'b; replaces a c', 'c; replaces d b')
    expect(() => placeRevisions(each)).toThrow('form a cycle')
  })

  test('is refused where a file of the run is there twice', () => {
    expect(() => placeRevisions([...folder, ...revisions('b < a')])).toThrow('Revision b is in two files')
  })
})

describe('a revision that replaces one that replaces others', () => {
  const inner = { id: 'run', replaces: ['b', 'c', 'd'] }
  const nested = [
    ...folder.filter(({ id }) => id !== 'e'),
    ...revisions(`e < d`, `all; is billing; replaces a ${entryOf(inner)} e`, 'f < e'),
  ]

  test('knows all ways in which a database may have it', () => {
    expect(entryOf(inner)).toBe('run:b+c+d')
    expect(entryOf({ id: 'all', replaces: ['a', 'run:b+c+d', 'e'] })).toBe('all:a+run+e:a+b+c+d+e')
  })

  test.each([
    { applied: [], stands: 'all f' },
    { applied: ['a'], stands: 'a run e f' },
    { applied: ['a', 'b'], stands: 'a b c d e f' },
    { applied: ['a', 'b', 'c', 'd'], stands: 'a run e f' },
    { applied: ['a', 'run'], stands: 'a run e f' },
    { applied: ['a', 'run', 'e'], stands: 'all f' },
    { applied: ['a', 'b', 'c', 'd', 'e'], stands: 'all f' },
    { applied: ['all'], stands: 'all f' },
  ])('where $applied are applied: $stands', ({ applied, stands }) => {
    expect(standing(place(nested, applied))).toBe(stands)
    // What was deleted since changes nothing for a database that is past it.
    if (stands !== 'all f') return
    const later = nested.filter(({ id }) => ['all', 'f'].includes(id))
    expect(standing(place(later, applied))).toBe('all f')
  })
})

test('wherever a database stands in a line with any run replaced, it comes to the same end', () => {
  const line = fc
    .record({ length: fc.integer({ min: 2, max: 9 }), ends: fc.tuple(fc.nat(), fc.nat()), at: fc.nat() })
    .map(({ length, ends, at }) => {
      const [from, to] = ends.map((end) => end % length).sort((a, b) => a - b) as [number, number]
      return { length, from, to, at: at % (length + 1) }
    })
  fc.assert(
    fc.property(line, fc.boolean(), ({ length, from, to, at }, isFlat) => {
      const names = Array.from({ length }, (_, n) => `r${n}`)
      const old = revisions(...names.map((id, n) => (n === 0 ? id : `${id} < ${names[n - 1]}`)))
      const run = names.slice(from, to + 1)
      const above = from === 0 ? 's' : `s < ${names[from - 1]}`
      const all = [...old, ...revisions(`${above}; replaces ${run.join(' ')}`)]
      const applied = names.slice(0, at)
      const placed = place(all, applied)
      const path = pending(placed.graph, placed.applied)
      const end = new Set([...placed.applied, ...path])
      // What is done once is not done again, and nothing is left out.
      const done = new Set([...applied, ...path].flatMap((id) => (id === 's' ? run : [id])))
      expect([...applied, ...path.flatMap((id) => (id === 's' ? run : [id]))]).toHaveLength(done.size)
      expect([...done].sort()).toEqual([...names].sort())
      // And a second time there is nothing to do, with the ledger as it is then.
      const again = place(all, [...applied, ...path])
      expect(pending(again.graph, again.applied)).toEqual([])
      expect(standing(again)).toBe(standing(placeRevisions(all)))
      if (isFlat) expect(ancestors(again.graph, ['s']).size).toBe(from + 1)
      expect(end.size).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})
