/** Work that grows with the rows of a table, as PostgreSQL notes it at DEBUG1. */
export type NotedWork = {
  readonly rewritten: readonly string[]
  readonly verified: readonly string[]
  readonly built: readonly { readonly index: string; readonly table: string }[]
  /** Names of foreign keys. */
  readonly validated: readonly string[]
}

/**
 * Reads the notes: in the C locale their words are PostgreSQL's own (src/backend/commands/tablecmds.c, catalog/index.c), and names are without
 * their schemas.
 */
export function notedWork(notes: readonly string[]): NotedWork {
  const rewritten: string[] = []
  const verified: string[] = []
  const validated: string[] = []
  const built: { readonly index: string; readonly table: string }[] = []
  for (const note of notes) {
    const [, verb, name = ''] =
      note.match(/^(rewriting table|verifying table|validating foreign key constraint) "(.*)"$/) ?? []
    if (verb === 'rewriting table') rewritten.push(name)
    else if (verb === 'verifying table') verified.push(name)
    else if (verb !== undefined) validated.push(name)
    const [, index, table] =
      note.match(/^building index "(.*)" on table "(.*)" (?:serially|with request for)/) ?? []
    if (index !== undefined && table !== undefined && !table.startsWith('pg_toast'))
      built.push({ index, table })
  }
  return { rewritten, verified, built, validated }
}

/** Whether a note tells of work; others are of no interest here. */
export function tellsWork(note: string): boolean {
  const { rewritten, verified, built, validated } = notedWork([note])
  return rewritten.length + verified.length + built.length + validated.length > 0
}
