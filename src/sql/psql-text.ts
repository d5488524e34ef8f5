/** What a file for psql has for the server, and what of it is for psql alone. */
export type ServerText = {
  /** The lines stay, so that the others keep their numbers. */
  readonly sql: string
  /** Commands that do something, as they begin: `\\i`, `\\connect`. */
  readonly commands: readonly string[]
  /** Rows that a COPY … FROM STDIN reads were there. */
  readonly hasRows: boolean
}

/** Commands that only say how psql works, or what it prints. */
const quiet = [
  '\\restrict',
  '\\unrestrict',
  '\\set',
  '\\unset',
  '\\echo',
  '\\pset',
  '\\timing',
  '\\encoding',
  '\\.',
]

/**
 * Takes out of a text what psql does itself: lines that begin with a backslash, the rows of COPY … FROM STDIN, of which only psql knows where they end,
 * and a byte order mark. Such a COPY is known by its line, since no parser gets past its rows.
 */
export function serverText(text: string): ServerText {
  const commands = new Set<string>()
  let isInRows = false
  let hasRows = false
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => {
      if (isInRows) {
        isInRows = line.trimEnd() !== '\\.'
        return ''
      }
      isInRows = /^\s*copy\b.*\bfrom\s+stdin\b.*;\s*$/i.test(line)
      hasRows ||= isInRows
      const [command] = line.match(/^\\\S*/) ?? []
      if (command === undefined) return line
      if (!quiet.includes(command)) commands.add(command)
      return ''
    })
  return { sql: lines.join('\n'), commands: [...commands], hasRows }
}
