import type { Directive } from '../../operations/operation.ts'
import type { ParsedStatement } from '../../sql/statements.ts'
import { type Evaluation, sayDirective } from '../python/evaluation.ts'
import type { Value } from '../python/value.ts'
import type { Convention } from '../sqlalchemy/name.ts'
import { announce } from './listeners.ts'

/** What is known while a revision's function is converted, besides its Python. */
export type Conversion = {
  readonly convention: Convention
  parse(sql: string): readonly ParsedStatement[]
  /** Enum types that a table of before has made: Alembic makes each once in a run. */
  readonly enums: Set<string>
  /** What the configuration says, by name. */
  readonly settings: ReadonlyMap<string, string>
  /** Files of SQL and data that the Python reads. */
  readFile(path: string): string
}

/** Where a directive of Alembic's is said. */
export type Context = {
  readonly conversion: Conversion
  readonly evaluation: Evaluation
}

/** The place of a call. The host of an evaluation is what `evaluationFor` gave it: the one place that relies on it. */
export function contextOf(evaluation: Evaluation): Context {
  return { conversion: evaluation.host as Conversion, evaluation }
}

export function tell({ evaluation }: Context, ...directives: readonly Directive[]): null {
  for (const directive of directives) {
    announce(JSON.stringify(directive), evaluation)
    sayDirective(evaluation, directive)
  }
  return null
}

/** A table as a directive names it. */
export type TableName = { readonly schema?: string; readonly table: string }

/** A schema where one is said. */
export function schemaIn(value: Value | undefined): { readonly schema?: string } {
  return typeof value === 'string' && value !== '' ? { schema: value } : {}
}

type Given<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> }

/** The fields that have a value. */
export function present<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Given<Fields>
}
