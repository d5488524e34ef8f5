import { stripVTControlCharacters } from 'node:util'

/** Milliseconds for people: `12 ms`, `3.4 s`, `2 min 05 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** A whole number with its thousands apart: `1,234,567`. Loading a locale for that takes longer than a small command. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 revision`, `2 revisions`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** A text cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  const characters = [...text]
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}

/** Rows in columns that are as wide as they need to be; the last one is left as it is. */
export function columns(rows: readonly (readonly string[])[], gap = 2): string {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, n) => {
      widths[n] = Math.max(widths[n] ?? 0, visibleWidth(cell))
    })
  }
  return rows
    .map((row) => row.map((cell, n) => pad(cell, n === row.length - 1 ? 0 : (widths[n] ?? 0) + gap)).join(''))
    .join('\n')
}

/** A text filled with blanks; colours do not count. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleWidth(text)))
}

/** How many columns a text takes; colours do not count. */
export function visibleWidth(text: string): number {
  return [...stripVTControlCharacters(text)].length
}

/**
 * A text whose lines are no wider than that, broken between words; what goes on stands under the last column of its line, if
 * there is one not too far to the right, or else a little further in.
 */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (visibleWidth(line) <= width ? line : wrappedLine(line, width)))
    .join('\n')
}

function wrappedLine(line: string, width: number): string {
  const plain = stripVTControlCharacters(line)
  const starts = [...plain.matchAll(/\S {2,}(?=\S)/g)].map(({ index, 0: gap }) => index + gap.length)
  const leading = plain.length - plain.trimStart().length
  const indent = starts.findLast((start) => start <= width / 2) ?? leading + 2
  const lines: string[] = []
  let current = ''
  // Blanks before a word belong to it, so that columns stay where they are.
  for (const word of line.match(/\s*\S+/g) ?? []) {
    if (current.trim() !== '' && visibleWidth(current + word) > width) {
      lines.push(current)
      current = ' '.repeat(indent) + word.trimStart()
    } else current += word
  }
  return [...lines, current].join('\n')
}
