/** A node of the drawing: its text, and the ids of what lies under it. */
export type DrawnNode = { readonly id: string; readonly parents: readonly string[]; readonly text: string }

/** How a node is marked. */
export type Marker = (id: string) => string

/** For each place from the left, the id to which the rail there leads; null where there is none. */
type Rails = readonly (string | null)[]

/**
 * Draws a graph, newest first, with a rail for each line that is open. A line to a node that is not drawn is left out.
 *
 *     ●  merge
 *     ├─╮
 *     ● │  left
 *     │ ●  right
 *     ├─╯
 *     ●  base
 */
export function drawGraph(nodes: readonly DrawnNode[], marker: Marker): string {
  const drawn = new Set(nodes.map(({ id }) => id))
  const lines: string[] = []
  let rails: Rails = []
  let ended: number | null = null
  for (const { id, parents, text } of nodes) {
    const [first = null, ...others] = parents.filter((parent) => drawn.has(parent))
    const place = rails.includes(id) ? rails.indexOf(id) : freePlace(rails)
    const joined = withRail(
      rails.map((target) => (target === id ? null : target)),
      place,
      id,
    )
    if (rails.filter((target) => target === id).length > 1) lines.push(crossLine(rails, joined, place))
    // A gap, or what begins here would look like the parent of what has just ended.
    if (place === ended) lines.push(crossLine(rails, rails, place))
    lines.push(`${nodeLine(joined, place, marker(id))}  ${text}`)
    const own = withRail(joined, place, first)
    const forked = others.reduce((open, parent) => withRail(open, freePlace(open), parent), own)
    if (others.length > 0) lines.push(crossLine(joined, forked, place))
    ended = first === null ? place : null
    rails = forked
  }
  return lines.join('\n')
}

function freePlace(rails: Rails): number {
  return rails.includes(null) ? rails.indexOf(null) : rails.length
}

function withRail(rails: Rails, place: number, target: string | null): Rails {
  const changed = [...rails]
  changed[place] = target
  return changed.slice(0, changed.findLastIndex((rail) => rail !== null) + 1)
}

function nodeLine(rails: Rails, place: number, mark: string): string {
  return rails.map((target, n) => (n === place ? mark : target === null ? ' ' : '│')).join(' ')
}

/** What stands where rails go up, down, left and right. */
const glyphs: ReadonlyMap<string, string> = new Map([
  ['', ' '],
  ['lr', '─'],
  ['ud', '│'],
  ['ul', '╯'],
  ['ur', '╰'],
  ['dl', '╮'],
  ['dr', '╭'],
  ['udl', '┤'],
  ['udr', '├'],
  ['ulr', '┴'],
  ['dlr', '┬'],
  ['udlr', '┼'],
])

/** The line between two states of the rails: those that begin or end here are led to the node's own place. */
function crossLine(above: Rails, below: Rails, own: number): string {
  const places = Array.from({ length: Math.max(above.length, below.length) }, (_, place) => place)
  const up = (place: number) => (above[place] ?? null) !== null
  const down = (place: number) => (below[place] ?? null) !== null
  const ends = [own, ...places.filter((place) => up(place) !== down(place))]
  const [first, last] = [Math.min(...ends), Math.max(...ends)]
  return places
    .map((place) => {
      const right = place >= first && place < last
      const left = place > first && place <= last
      const glyph = `${up(place) ? 'u' : ''}${down(place) ? 'd' : ''}${left ? 'l' : ''}${right ? 'r' : ''}`
      return glyphs.get(glyph) + (right ? '─' : ' ')
    })
    .join('')
    .trimEnd()
}
