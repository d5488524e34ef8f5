import { clauses } from '../sql/clauses.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { deferral } from './constraint-definition.ts'
import { type TableReference, tableName } from './relation.ts'

export type TriggerEvent = RowEvent | 'truncate'
export type RowEvent = 'insert' | 'update' | 'delete' | { readonly updateOf: readonly string[] }

/**
 * When a trigger or a rule fires: in every session whose `session_replication_role` is not `replica` (true, as it is where
 * nothing is said), in none, in those of a replica only, or always.
 */
export type Enabled = boolean | 'replica' | 'always'

export type TriggerFunction = {
  readonly schema?: string
  readonly function: string
  readonly arguments?: readonly string[]
}

type Fired = { readonly execute: TriggerFunction; readonly enabled?: Enabled }

/** What all but constraint triggers leave out. */
type NoConstraint = {
  readonly constraint?: never
  readonly from?: never
  readonly deferrable?: never
  readonly initiallyDeferred?: never
}

/** Fires once for each row that is written. */
export type RowTrigger = Fired &
  NoConstraint & {
    readonly when: 'before' | 'after'
    readonly events: readonly RowEvent[]
    readonly forEach: 'row'
    /** Fires only where this holds, over OLD and NEW. */
    readonly condition?: Sql
    readonly referencing?: never
  }

/** Fires once for each statement, as PostgreSQL has it where nothing is said. */
export type StatementTrigger = Fired &
  NoConstraint & {
    readonly when: 'before' | 'after'
    readonly events: readonly TriggerEvent[]
    readonly forEach?: 'statement'
    readonly condition?: Sql
    readonly referencing?: never
  }

/** Sees the set of rows that a statement has written, under names of its own: for one event, and for whole rows. */
export type TransitionTrigger = Fired &
  NoConstraint & {
    readonly when: 'after'
    readonly forEach?: 'row' | 'statement'
    readonly condition?: Sql
  } & (
    | {
        readonly events: readonly ['insert']
        readonly referencing: { readonly newTable: string; readonly oldTable?: never }
      }
    | {
        readonly events: readonly ['update']
        readonly referencing:
          | { readonly oldTable: string; readonly newTable?: string }
          | { readonly oldTable?: string; readonly newTable: string }
      }
    | {
        readonly events: readonly ['delete']
        readonly referencing: { readonly oldTable: string; readonly newTable?: never }
      }
  )

/** Does what is to be done when a row of a view is written. It is always enabled. */
export type InsteadOfTrigger = NoConstraint & {
  readonly execute: TriggerFunction
  readonly when: 'instead of'
  readonly events: readonly ('insert' | 'update' | 'delete')[]
  readonly forEach: 'row'
  readonly condition?: never
  readonly referencing?: never
  readonly enabled?: never
}

/** Fires at the end of the statement or, deferred, of the transaction. */
export type ConstraintTrigger = Fired & {
  readonly constraint: true
  readonly when: 'after'
  readonly events: readonly RowEvent[]
  readonly forEach: 'row'
  readonly condition?: Sql
  /** The other table, for what is a foreign key in spirit. */
  readonly from?: TableReference
  readonly deferrable?: boolean
  /** Implies `deferrable`. */
  readonly initiallyDeferred?: boolean
  readonly referencing?: never
}

/** A trigger that CREATE OR REPLACE takes. */
export type ReplaceableTrigger = RowTrigger | StatementTrigger | TransitionTrigger | InsteadOfTrigger
export type TriggerDefinition = ReplaceableTrigger | ConstraintTrigger

/** The statement without its CREATE: a trigger, and what it is on. */
export function triggerSql(fields: TableReference & { readonly name: string } & TriggerDefinition): string {
  const { execute } = fields
  return clauses(
    fields.constraint === true && 'CONSTRAINT',
    `TRIGGER ${quoteIdentifier(fields.name)} ${fields.when.toUpperCase()}`,
    fields.events.map(triggerEvent).join(' OR '),
    `ON ${tableName(fields)}`,
    fields.from !== undefined && `FROM ${tableName(fields.from)}`,
    fields.constraint === true && deferral(fields).trim(),
    fields.referencing !== undefined && referencing(fields.referencing),
    `FOR EACH ${(fields.forEach ?? 'statement').toUpperCase()}`,
    fields.condition !== undefined && `WHEN (${inlineSql(fields.condition)})`,
    `EXECUTE FUNCTION ${qualifiedName({ ...execute, name: execute.function })}(${(execute.arguments ?? []).map(literal).join(', ')})`,
  )
}

/** `ENABLE REPLICA TRIGGER`, as ALTER TABLE has it; for a rule and an event trigger with their own word. */
export function enablement(enabled: Enabled, what = ''): string {
  return clauses(
    enabled === false ? 'DISABLE' : 'ENABLE',
    typeof enabled === 'string' && enabled.toUpperCase(),
    what,
  )
}

function triggerEvent(event: TriggerEvent): string {
  return typeof event === 'string'
    ? event.toUpperCase()
    : `UPDATE OF ${columnList(event.updateOf).slice(1, -1)}`
}

function referencing({ oldTable, newTable }: { readonly oldTable?: string; readonly newTable?: string }) {
  return clauses(
    'REFERENCING',
    oldTable !== undefined && `OLD TABLE AS ${quoteIdentifier(oldTable)}`,
    newTable !== undefined && `NEW TABLE AS ${quoteIdentifier(newTable)}`,
  )
}
