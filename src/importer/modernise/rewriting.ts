import type { Directive } from '../../operations/operation.ts'
import type { ParsedStatement, Token } from '../../sql/statements.ts'

/** What a rewriting may look at. */
export type Look = {
  parse(sql: string): readonly ParsedStatement[]
  scan(sql: string): readonly Token[]
  /** Whether the same revision has made a table: nobody writes to it yet. */
  isNew(table: { readonly schema?: string | undefined; readonly table: string }): boolean
}

/** A form of Alembic's that Limbeck says in a safer way: a file each. */
export type Rewriting = {
  /** What is found, as a person reads it. */
  readonly found: string
  /** What stands in its place. */
  readonly instead: string
  /** What stands for the first directives, and for how many; null where it finds nothing at their beginning. */
  rewrite(directives: readonly Directive[], look: Look): Rewritten | null
}

export type Rewritten = { readonly directives: readonly Directive[]; readonly count: number }

/** A place where a rewriting found something. */
export type Finding = {
  readonly file: string
  readonly line: number
  readonly found: string
  readonly instead: string
}

/** The one statement that an `execute` of a plain text sends; null for any other directive. */
export function executed(directive: Directive | undefined, { parse }: Look): ParsedStatement | null {
  if (directive?.kind !== 'execute' || !('sql' in directive) || typeof directive.sql !== 'string') return null
  const statements = parse(directive.sql)
  return statements.length === 1 ? (statements[0] ?? null) : null
}
