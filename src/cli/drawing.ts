/** A node of the drawing: its text, and the ids of what lies under it. */
export type DrawnNode = { readonly id: string; readonly parents: readonly string[]; readonly text: string }

/** How a node is marked. */
export type Marker = (id: string) => string

/**
 * Draws a graph, newest first, with a rail for each line that is open:
 *
 *     ●  merge
 *     ├─╮
 *     ● │  left
 *     │ ●  right
 *     ├─╯
 *     ●  base
 */
export function drawGraph(nodes: readonly DrawnNode[], marker: Marker): string {
  const lines: string[] = []
  /** The id that each rail is on its way to; null where a rail has ended and its place is free. */
  let rails: (string | null)[] = []
  for (const node of nodes) {
    const meeting = rails.flatMap((target, place) => (target === node.id ? [place] : []))
    const own = meeting[0] ?? firstFree(rails)
    if (meeting.length > 1) {
      lines.push(joinLine(rails, own, meeting.slice(1)))
      for (const place of meeting.slice(1)) rails[place] = null
    }
    rails[own] = node.id
    lines.push(`${railLine(rails, own, marker(node.id))}  ${node.text}`.trimEnd())
    const [first = null, ...others] = node.parents
    rails[own] = first
    const opened = others.map((parent) => {
      const there = rails.indexOf(parent)
      const place = there === -1 ? firstFree(rails) : there
      rails[place] = parent
      return place
    })
    if (opened.length > 0) lines.push(forkLine(rails, own, opened))
    while (rails.length > 0 && rails.at(-1) === null) rails = rails.slice(0, -1)
  }
  return lines.join('\n')
}

function firstFree(rails: readonly (string | null)[]): number {
  const free = rails.indexOf(null)
  return free === -1 ? rails.length : free
}

function railLine(rails: readonly (string | null)[], own: number, mark: string): string {
  return Array.from({ length: Math.max(rails.length, own + 1) }, (_, place) =>
    place === own ? mark : (rails[place] ?? null) === null ? ' ' : '│',
  )
    .join(' ')
    .trimEnd()
}

/** Rails that come from the right to the one on the left: `├─╯`. */
function joinLine(rails: readonly (string | null)[], own: number, from: readonly number[]): string {
  return crossLine(rails, own, from, '╯', '┴')
}

/** Rails that leave the one on the left: `├─╮`. */
function forkLine(rails: readonly (string | null)[], own: number, to: readonly number[]): string {
  return crossLine(rails, own, to, '╮', '┬')
}

function crossLine(
  rails: readonly (string | null)[],
  own: number,
  places: readonly number[],
  end: string,
  middle: string,
): string {
  const last = Math.max(own, ...places)
  const first = Math.min(own, ...places)
  let line = ''
  for (let place = 0; place < Math.max(rails.length, last + 1); place++) {
    const inside = place > first && place < last
    if (place === own) line += own === last ? '┤' : '├'
    else if (place === last) line += end
    else if (place === first) line += end === '╯' ? '╰' : '╭'
    else if (places.includes(place)) line += middle
    else if ((rails[place] ?? null) === null) line += inside ? '─' : ' '
    else line += inside ? '┼' : '│'
    line += place >= first && place < last ? '─' : ' '
  }
  return line.trimEnd()
}
