import type { SourcePart } from './format.ts'

/** A line of a script by which a tool tells its parts apart. */
export type Marker = { readonly line: number; readonly text: string }

/** Cuts a script at the lines that are markers: what stands between one and the next, or the end. */
export function sections(
  { path, text }: { readonly path: string; readonly text: string },
  isMarker: (line: string) => boolean,
): readonly (Marker & { readonly part: SourcePart })[] {
  const lines = text.split('\n')
  const starts = lines.flatMap((line, n) => (isMarker(line) ? [n] : []))
  return starts.map((start, n) => ({
    line: start + 1,
    text: (lines[start] ?? '').replace(/\r$/, ''),
    part: {
      file: path,
      line: start + 2,
      text: lines.slice(start + 1, starts[n + 1]).join('\n'),
    },
  }))
}

/** Parts of one file, one after the other, each on the lines that it has there. */
export function joined(parts: readonly SourcePart[]): SourcePart | null {
  const [first] = parts
  if (first === undefined) return null
  const text = parts.reduce((sofar, part) => {
    const next = first.line + sofar.split('\n').length - 1
    return sofar + '\n'.repeat(Math.max(0, part.line - next)) + part.text
  }, '')
  return { ...first, text }
}
