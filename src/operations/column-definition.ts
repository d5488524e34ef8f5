import { clauses } from '../sql/clauses.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { type ForeignKeyActions, foreignKeyActions } from './constraint-definition.ts'

/** A type in PostgreSQL's words. Editors offer the common ones; any other (`numeric(12,2)`, `"My Enum"[]`) is right too. */
export type ColumnType =
  | 'bigint'
  | 'boolean'
  | 'bytea'
  | 'date'
  | 'double precision'
  | 'inet'
  | 'integer'
  | 'interval'
  | 'jsonb'
  | 'numeric'
  | 'real'
  | 'smallint'
  | 'text'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'tsvector'
  | 'uuid'
  | (string & {})

/** A column, in PostgreSQL's words. */
export type Column = {
  readonly name: string
  readonly type: ColumnType
  readonly notNull?: boolean
  /** A plain value is written as a literal; an expression is given with `op.sql`. */
  readonly default?: Value | Sql
  readonly primaryKey?: boolean
  readonly unique?: boolean
  readonly references?: ColumnReference
  readonly check?: Sql
  /** GENERATED … AS IDENTITY. */
  readonly identity?: 'always' | 'by default'
  /** GENERATED ALWAYS AS (…) STORED. */
  readonly generated?: Sql
  readonly collation?: string
}

/** What a dropped column was, so that it can be made again. */
export type ColumnWas = Omit<Column, 'name'>

export type ColumnReference = ForeignKeyActions & {
  readonly schema?: string
  readonly table: string
  /** Left out for the primary key of the referenced table. */
  readonly column?: string
}

export function columnDefinition(column: Column): string {
  return clauses(
    quoteIdentifier(column.name),
    column.type,
    column.collation !== undefined && `COLLATE ${quoteIdentifier(column.collation)}`,
    column.identity !== undefined && `GENERATED ${column.identity.toUpperCase()} AS IDENTITY`,
    column.generated !== undefined && `GENERATED ALWAYS AS (${inlineSql(column.generated)}) STORED`,
    column.default !== undefined && `DEFAULT ${defaultExpression(column.default)}`,
    column.notNull === true && 'NOT NULL',
    column.primaryKey === true && 'PRIMARY KEY',
    column.unique === true && 'UNIQUE',
    column.check !== undefined && `CHECK (${inlineSql(column.check)})`,
    column.references !== undefined && referencesClause(column.references),
  )
}

/** A value as a literal, an expression as it was written. */
export function defaultExpression(value: Value | Sql): string {
  return isSql(value) ? inlineSql(value) : literal(value)
}

function referencesClause(reference: ColumnReference): string {
  const columns = reference.column === undefined ? '' : ` ${columnList([reference.column])}`
  return `REFERENCES ${qualifiedName({ ...reference, name: reference.table })}${columns}${foreignKeyActions(reference)}`
}
