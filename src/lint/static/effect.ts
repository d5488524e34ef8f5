import type { LockMode } from '../../operations/operation.ts'
import type { Node } from '../../sql/statements.ts'
import type { BrokenQuery, BuiltIndex, ObservedError } from '../../trace/observation.ts'

/** What a statement does for certain, as far as its tree tells it. Relations by the names that people write. */
export type Effect = {
  readonly locks?: readonly { readonly relation: string; readonly mode: LockMode }[]
  readonly rewrites?: readonly string[]
  readonly scans?: readonly string[]
  readonly indexesBuilt?: readonly BuiltIndex[]
  /** Tables of which all rows are changed. */
  readonly updates?: readonly string[]
  readonly deletes?: readonly string[]
  readonly changes?: readonly SchemaChange[]
  readonly broken?: readonly BrokenQuery[]
  readonly error?: ObservedError
}

/** What becomes of a relation that is known by its name alone. */
export type SchemaChange =
  | { readonly is: 'created'; readonly relation: string; readonly kind: string }
  | { readonly is: 'dropped'; readonly relation: string }
  | { readonly is: 'renamed'; readonly relation: string; readonly to: string }
  | { readonly is: 'secured'; readonly relation: string }
  | { readonly is: 'policy'; readonly relation: string; readonly isOpen: boolean }
  | {
      readonly is: 'column added'
      readonly relation: string
      readonly column: string
      readonly notNull: boolean
      readonly isFilled: boolean
    }
  | { readonly is: 'column dropped'; readonly relation: string; readonly column: string }
  | { readonly is: 'column renamed'; readonly relation: string; readonly column: string; readonly to: string }

/** Several effects of one statement, as one. */
export function together(effects: readonly Effect[]): Effect {
  const all = <Key extends Exclude<keyof Effect, 'error'>>(key: Key) =>
    effects.flatMap((one) => (one[key] ?? []) as readonly NonNullable<Effect[Key]>[number][])
  const error = effects.find((one) => one.error !== undefined)?.error
  return {
    locks: all('locks'),
    rewrites: all('rewrites'),
    scans: all('scans'),
    indexesBuilt: all('indexesBuilt'),
    updates: all('updates'),
    deletes: all('deletes'),
    changes: all('changes'),
    broken: all('broken'),
    ...(error === undefined ? {} : { error }),
  }
}

export function goneRelation(relation: string): BrokenQuery {
  return {
    relation,
    query: `SELECT from ${relation}`,
    sqlState: '42P01',
    message: `relation "${relation}" does not exist`,
  }
}

export function goneColumn(relation: string, column: string): BrokenQuery {
  return {
    relation,
    query: `SELECT of ${relation}.${column}`,
    sqlState: '42703',
    message: `column "${column}" does not exist`,
  }
}

/** The last part of a name in a list of names. */
export function textOf(node: Node | undefined): string {
  return String(node?.['String']?.sval ?? node?.['sval'] ?? '')
}
