import { clauses } from '../sql/clauses.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import {
  type Deferral,
  deferral,
  type ForeignKeyActions,
  foreignKeyActions,
} from './constraint-definition.ts'
import { type Identity, identityClause } from './identity.ts'
import { type Need, needsOf } from './operation.ts'
import { parameterList } from './storage-parameters.ts'

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

/** A collation by name, with its schema where the search_path does not find it. */
export type CollationName = string | { readonly schema?: string; readonly name: string }

/** How long values are kept: in the row or beside it, compressed or not. `default` (the type's own) is from 16 on. */
export type ColumnStorage = 'plain' | 'external' | 'extended' | 'main' | 'default'

export type ColumnCompression = 'pglz' | 'lz4' | 'default'

/**
 * What the planner takes for the number of different values, instead of its own estimate; negative: a share of the rows.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ATTRIBUTE-OPTION
 */
export type ColumnOptions = { readonly n_distinct?: number; readonly n_distinct_inherited?: number }

/** An expression is stored; a virtual column, computed when it is read, is from PostgreSQL 18 on. */
export type Generated = Sql | { readonly expression: Sql; readonly kind: 'stored' | 'virtual' }

/** What may be said of a column whose name and type come from elsewhere: of a partition, of a typed table. */
export type ColumnProperties = {
  readonly notNull?: boolean
  /** A plain value is written as a literal; an expression is given with `op.sql`. */
  readonly default?: Value | Sql
  readonly primaryKey?: boolean
  readonly unique?: boolean
  readonly references?: ColumnReference
  readonly check?: Sql
  readonly storage?: ColumnStorage
  /** The statistics target: how many values and ranges ANALYZE keeps; 0 for none. */
  readonly statistics?: number
  readonly options?: ColumnOptions
}

/** A column, in PostgreSQL's words. */
export type Column = ColumnProperties & {
  readonly name: string
  readonly type: ColumnType
  /** GENERATED … AS IDENTITY. */
  readonly identity?: Identity
  /** GENERATED ALWAYS AS (…). */
  readonly generated?: Generated
  readonly collation?: CollationName
  /** How long values are compressed, from PostgreSQL 14 on. */
  readonly compression?: ColumnCompression
}

/** A column of a partition or of a typed table. */
export type InheritedColumn = ColumnProperties & { readonly name: string }

/** What a dropped column was, so that it can be made again. */
export type ColumnWas = Omit<Column, 'name'>

export type ColumnReference = ForeignKeyActions &
  Deferral & {
    readonly schema?: string
    readonly table: string
    /** Left out for the primary key of the referenced table. */
    readonly column?: string
    readonly match?: 'FULL' | 'SIMPLE'
  }

/** The column as it stands in CREATE TABLE and after ADD COLUMN, but for what `columnSettings` says. */
export function columnDefinition(column: InheritedColumn | Column): string {
  const own: Partial<Column> = column
  return clauses(
    quoteIdentifier(column.name),
    own.type,
    own.compression !== undefined && `COMPRESSION ${own.compression}`,
    own.collation !== undefined && `COLLATE ${collationName(own.collation)}`,
    own.identity !== undefined && identityClause(own.identity),
    own.generated !== undefined && generatedClause(own.generated),
    column.default !== undefined && `DEFAULT ${defaultExpression(column.default)}`,
    column.notNull === true && 'NOT NULL',
    column.primaryKey === true && 'PRIMARY KEY',
    column.unique === true && 'UNIQUE',
    column.check !== undefined && `CHECK (${inlineSql(column.check)})`,
    column.references !== undefined && referencesClause(column.references),
  )
}

/** What CREATE TABLE and ADD COLUMN cannot say, STORAGE before PostgreSQL 16, as further actions of ALTER TABLE. */
export function columnSettings(column: InheritedColumn): readonly string[] {
  const alter = `ALTER COLUMN ${quoteIdentifier(column.name)}`
  const { storage, statistics, options } = column
  return [
    storage !== undefined && `${alter} SET STORAGE ${storage}`,
    statistics !== undefined && `${alter} SET STATISTICS ${statistics}`,
    options !== undefined && `${alter} SET ${parameterList(options)}`,
  ].filter((action) => action !== false)
}

export function columnNeeds(column: Partial<Column>): readonly Need[] {
  return needsOf(
    [column.compression, 'COMPRESSION of a column', 14],
    [column.storage === 'default', 'STORAGE DEFAULT', 16],
    [isVirtual(column.generated), 'a virtual generated column', 18],
  )
}

/** A value as a literal, an expression as it was written. */
export function defaultExpression(value: Value | Sql): string {
  return isSql(value) ? inlineSql(value) : literal(value)
}

export function collationName(collation: CollationName): string {
  return qualifiedName(typeof collation === 'string' ? { name: collation } : collation)
}

/** The expression of a generated column, however it was said. */
export function generatedExpression(generated: Generated): string {
  return inlineSql(isSql(generated) ? generated : generated.expression)
}

function generatedClause(generated: Generated): string {
  const kind = isVirtual(generated) ? 'VIRTUAL' : 'STORED'
  return `GENERATED ALWAYS AS (${generatedExpression(generated)}) ${kind}`
}

function isVirtual(generated: Generated | undefined): boolean {
  return generated !== undefined && !isSql(generated) && generated.kind === 'virtual'
}

function referencesClause(reference: ColumnReference): string {
  return (
    clauses(
      `REFERENCES ${qualifiedName({ ...reference, name: reference.table })}`,
      reference.column !== undefined && columnList([reference.column]),
      reference.match !== undefined && `MATCH ${reference.match}`,
    ) +
    foreignKeyActions(reference) +
    deferral(reference)
  )
}
