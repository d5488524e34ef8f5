import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DrawnNode, drawGraph } from '../../src/cli/drawing.ts'

describe('a graph is drawn', () => {
  test.each([
    {
      name: 'a line of revisions',
      graph: 'c<b; b<a; a',
      drawing: `
●  c
●  b
●  a`,
    },
    {
      name: 'a branch and its merge',
      graph: 'merge<left,right; left<base; right<base; base',
      drawing: `
●  merge
├─╮
● │  left
│ ●  right
├─╯
●  base`,
    },
    {
      name: 'two heads',
      graph: 'billing<base; users<more; more<base; base',
      drawing: `
●  billing
│ ●  users
│ ●  more
├─╯
●  base`,
    },
    {
      name: 'a merge of three',
      graph: 'merge<a,b,c; a<base; b<base; c<base; base',
      drawing: `
●  merge
├─┬─╮
● │ │  a
│ ● │  b
│ │ ●  c
├─┴─╯
●  base`,
    },
    {
      name: 'lines that cross',
      graph: 'top<second,x; aside<x; second<a,b; a<base; x<b; b<base; base',
      drawing: `
●  top
├─╮
│ │ ●  aside
● │ │  second
├─┼─┼─╮
● │ │ │  a
│ ├─╯ │
│ ●   │  x
│ ├───╯
│ ●  b
├─╯
●  base`,
    },
    {
      name: 'graphs that have nothing to do with each other, with a gap',
      graph: 'alone; head<base; base',
      drawing: `
●  alone

●  head
●  base`,
    },
    {
      name: 'a part of a graph, without lines into nothing',
      graph: 'merge<left,right; left<base; right<base',
      drawing: `
●  merge
├─╮
● │  left
  ●  right`,
    },
  ])('$name', ({ graph, drawing }) => {
    expect(drawGraph(nodesOf(graph), () => '●')).toBe(drawing.slice(1))
  })

  test('whatever it is: every node once, in its order, and no line that ends in nothing', () => {
    fc.assert(
      fc.property(anyGraph(), (nodes) => {
        const rows = drawGraph(nodes, () => '●').split('\n')
        expect(rows.flatMap((row) => row.match(/\w+$/) ?? [])).toEqual(nodes.map(({ id }) => id))
        expect(brokenLines(rows)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('whatever it is: the lines down from a node lead to all of its parents', () => {
    fc.assert(
      fc.property(anyGraph(), (nodes) => {
        const rows = drawGraph(nodes, () => '●').split('\n')
        for (const { id, parents } of nodes) {
          expect(reachedFrom(rows, id)).toEqual(expect.arrayContaining([...parents]))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('whatever it is: what stands right under a node is a parent of it', () => {
    fc.assert(
      fc.property(anyGraph(), (nodes) => {
        const rows = drawGraph(nodes, () => '●').split('\n')
        for (const { id, parents } of nodes) {
          const { row, column } = placeOf(rows, id)
          const below = { row: row + 1, column }
          if (glyphAt(rows, below) === '●') expect(parents).toContain(nodeIn(rows, below))
        }
      }),
      { numRuns: 500 },
    )
  })
})

function nodesOf(text: string): readonly DrawnNode[] {
  return text.split(';').map((node) => {
    const [id = '', parents] = node.trim().split('<')
    return { id, parents: parents?.split(',') ?? [], text: id }
  })
}

/** Any graph of up to twelve nodes, children before their parents. */
function anyGraph(): fc.Arbitrary<readonly DrawnNode[]> {
  return fc
    .integer({ min: 1, max: 12 })
    .chain((size) => fc.tuple(...Array.from({ length: size }, (_, n) => anyNode(n, size))))
}

function anyNode(n: number, size: number): fc.Arbitrary<DrawnNode> {
  const below = Array.from({ length: size - n - 1 }, (_, after) => `n${n + after + 1}`)
  return fc
    .subarray(below, { maxLength: Math.min(3, below.length) })
    .map((parents) => ({ id: `n${n}`, parents, text: `n${n}` }))
}

type Way = 'up' | 'down' | 'left' | 'right'

const ways: { readonly [glyph: string]: readonly Way[] } = {
  '│': ['up', 'down'],
  '─': ['left', 'right'],
  '╯': ['up', 'left'],
  '╰': ['up', 'right'],
  '╮': ['down', 'left'],
  '╭': ['down', 'right'],
  '┤': ['up', 'down', 'left'],
  '├': ['up', 'down', 'right'],
  '┴': ['up', 'left', 'right'],
  '┬': ['down', 'left', 'right'],
  '┼': ['up', 'down', 'left', 'right'],
}
const opposite: { readonly [W in Way]: Way } = { up: 'down', down: 'up', left: 'right', right: 'left' }

/** The places at which a line goes on into a neighbour that does not take it up. A node takes up any line. */
function brokenLines(rows: readonly string[]): readonly string[] {
  return places(rows).flatMap(({ row, column, glyph }) =>
    (ways[glyph] ?? [])
      .filter((way) => {
        const there = glyphAt(rows, neighbour({ row, column }, way))
        return there !== '●' && !ways[there]?.includes(opposite[way])
      })
      .map((way) => `${glyph} in row ${row} goes ${way} into nothing`),
  )
}

/** The nodes at which the lines from a node arrive first, going down and sideways. */
function reachedFrom(rows: readonly string[], id: string): readonly string[] {
  const { row, column } = placeOf(rows, id)
  const reached = new Set<string>()
  const seen = new Set<string>()
  const go = (place: Place, way: Way) => {
    const glyph = glyphAt(rows, place)
    const step = JSON.stringify([place, way])
    if (seen.has(step)) return
    seen.add(step)
    if (glyph === '●') reached.add(nodeIn(rows, place))
    const onwards = (ways[glyph] ?? []).filter((next) => next !== 'up' && next !== opposite[way])
    for (const next of onwards) go(neighbour(place, next), next)
  }
  go({ row: row + 1, column }, 'down')
  return [...reached]
}

type Place = { readonly row: number; readonly column: number }

function places(rows: readonly string[]): readonly (Place & { readonly glyph: string })[] {
  return rows.flatMap((text, row) => [...text].map((glyph, column) => ({ row, column, glyph })))
}

function placeOf(rows: readonly string[], id: string): Place {
  const row = rows.findIndex((text) => text.endsWith(` ${id}`))
  return { row, column: rows[row]?.indexOf('●') ?? -1 }
}

function nodeIn(rows: readonly string[], { row }: Place): string {
  return rows[row]?.match(/\w+$/)?.[0] ?? ''
}

function glyphAt(rows: readonly string[], { row, column }: Place): string {
  return rows[row]?.[column] ?? ' '
}

function neighbour({ row, column }: Place, way: Way): Place {
  if (way === 'up' || way === 'down') return { row: row + (way === 'up' ? -1 : 1), column }
  return { row, column: column + (way === 'left' ? -1 : 1) }
}
