import type { Directive } from '../../operations/operation.ts'
import type { Node, ParsedStatement, Token } from '../../sql/statements.ts'
import type { SynchronisedRename } from './synchronised-rename.ts'

/** How SQL is read. */
export type Readers = {
  parse(sql: string): readonly ParsedStatement[]
  scan(sql: string): readonly Token[]
  /** The body of a function in PL/pgSQL; null for any other. */
  routine(create: string): Node | null
}

/** What a rewriting may look at. */
export type Look = Readers & {
  /** Whether the same revision has made a table: nobody writes to it yet. */
  isNew(table: { readonly schema?: string | undefined; readonly table: string }): boolean
  /** What the function in the other direction says. */
  readonly other: readonly Directive[]
  /** Columns that this direction, or the other before it, says as expanded ones. */
  readonly renames: SynchronisedRename[]
  /** Whether another revision speaks of something by this name. */
  isNamedElsewhere(name: string): boolean
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

/** The statements that an `execute` of a plain text sends; null for any other directive. */
export function statementsOf(
  directive: Directive | undefined,
  { parse }: Pick<Readers, 'parse'>,
): readonly ParsedStatement[] | null {
  if (directive?.kind !== 'execute' || !('sql' in directive) || typeof directive.sql !== 'string') return null
  return parse(directive.sql)
}

/** The one statement that an `execute` of a plain text sends; null for any other directive. */
export function executed(directive: Directive | undefined, readers: Look): ParsedStatement | null {
  const statements = statementsOf(directive, readers)
  return statements?.length === 1 ? (statements[0] ?? null) : null
}
