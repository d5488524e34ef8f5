/** `textwrap.dedent`: takes the spaces away with which all lines begin. */
export function dedent(text: string): string {
  const lines = text.split('\n').map((line) => (line.trim() === '' ? '' : line))
  const margins = lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length)
  const margin = Math.min(...margins, Number.MAX_SAFE_INTEGER)
  return lines.map((line) => line.slice(margin)).join('\n')
}
