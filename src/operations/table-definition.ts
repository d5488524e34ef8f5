import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import {
  type CollationName,
  type Column,
  collationName,
  columnDefinition,
  columnNeeds,
  columnSettings,
  type InheritedColumn,
} from './column-definition.ts'
import { type Constraint, constraintDefinition, constraintNeeds } from './constraint-definition.ts'
import { type Need, needsOf } from './operation.ts'
import { boundClause, type PartitionBound } from './partition-bound.ts'
import { type TableReference, tableName } from './relation.ts'
import { parameterList, type StorageParameters } from './storage-parameters.ts'

/** One column or expression of a partition key. */
export type PartitionKey =
  | string
  | (({ readonly column: string } | { readonly expression: Sql }) & {
      readonly collation?: CollationName
      /** An operator class as it is written: `text_pattern_ops`, `app.my_ops`. */
      readonly operatorClass?: string
    })

export type PartitionBy = {
  readonly strategy: 'range' | 'list' | 'hash'
  readonly columns: readonly PartitionKey[]
}

/** What LIKE copies besides names, types and NOT NULL. `compression` is from PostgreSQL 14 on. */
export type LikeOption =
  | 'all'
  | 'comments'
  | 'compression'
  | 'constraints'
  | 'defaults'
  | 'generated'
  | 'identity'
  | 'indexes'
  | 'statistics'
  | 'storage'

export type LikeTable = TableReference & {
  readonly including?: readonly LikeOption[]
  /** Taken away again from `all`. */
  readonly excluding?: readonly LikeOption[]
}

/** A table by its own columns. */
type OwnColumns = {
  /** Empty where all of them come from `like` or `inherits`. */
  readonly columns: readonly Column[]
  /** Tables whose columns are copied, before the others; nothing ties them together later. */
  readonly like?: readonly LikeTable[]
  /** Tables whose columns it shares from then on, and whose queries see its rows. */
  readonly inherits?: readonly TableReference[]
  readonly partitionOf?: never
  readonly ofType?: never
}

/** A table that is born as a partition; its columns are the parent's, with what is said of them here. */
type OfParent = {
  readonly partitionOf: TableReference & { readonly bound: PartitionBound }
  readonly columns?: readonly InheritedColumn[]
  readonly like?: never
  readonly inherits?: never
  readonly ofType?: never
}

/** A typed table; its columns are the composite type's, with what is said of them here. */
type OfType = {
  readonly ofType: { readonly schema?: string; readonly name: string }
  readonly columns?: readonly InheritedColumn[]
  readonly like?: never
  readonly inherits?: never
  readonly partitionOf?: never
}

/** A table, apart from its name and how long it lives. */
export type TableDefinition = (OwnColumns | OfParent | OfType) & {
  readonly constraints?: readonly Constraint[]
  /** Makes a partitioned table. Its primary key and unique constraints must hold every partition column. */
  readonly partitionBy?: PartitionBy
  /** Storage parameters, such as `{ fillfactor: 70 }`. */
  readonly with?: StorageParameters
  readonly tablespace?: string
  /** The table access method (USING); of a partitioned table from PostgreSQL 17 on. */
  readonly accessMethod?: string
}

export type Lifetime = {
  readonly persistence?: 'permanent' | 'unlogged' | 'temporary'
  readonly onCommit?: 'preserve rows' | 'delete rows' | 'drop'
}

/** The whole CREATE TABLE. */
export function createTableSql(
  table: { readonly schema?: string; readonly name: string } & TableDefinition & Lifetime,
): string {
  const { persistence, onCommit, inherits, partitionBy } = table
  return clauses(
    'CREATE',
    persistence !== undefined && persistence !== 'permanent' && persistence.toUpperCase(),
    `TABLE ${qualifiedName(table)}`,
    tableBody(table),
    inherits !== undefined && `INHERITS (${inherits.map(tableName).join(', ')})`,
    partitionBy !== undefined && partitionClause(partitionBy),
    table.accessMethod !== undefined && `USING ${quoteIdentifier(table.accessMethod)}`,
    table.with !== undefined && `WITH ${parameterList(table.with)}`,
    onCommit !== undefined && `ON COMMIT ${onCommit.toUpperCase()}`,
    table.tablespace !== undefined && `TABLESPACE ${quoteIdentifier(table.tablespace)}`,
  )
}

/** The actions of an ALTER TABLE that says what CREATE TABLE cannot say of its columns. */
export function settingsOfColumns(table: TableDefinition): readonly string[] {
  return (table.columns ?? []).flatMap(columnSettings)
}

export function tableNeeds(table: TableDefinition): readonly Need[] {
  const copied = (table.like ?? []).flatMap(({ including = [], excluding = [] }) => [
    ...including,
    ...excluding,
  ])
  return [
    ...(table.columns ?? []).flatMap(columnNeeds),
    ...(table.constraints ?? []).flatMap(constraintNeeds),
    ...needsOf(
      [copied.includes('compression'), 'COMPRESSION in LIKE', 14],
      [
        table.accessMethod !== undefined && table.partitionBy !== undefined,
        'an access method of a partitioned table',
        17,
      ],
    ),
  ]
}

/** The other tables that a table's foreign keys reference. */
export function referencedTables(
  own: { readonly schema?: string; readonly name: string },
  definition: TableDefinition = { columns: [] },
): readonly TableReference[] {
  const references = [
    ...(definition.columns ?? []).flatMap((column) => column.references ?? []),
    ...(definition.constraints ?? []).flatMap((constraint) =>
      'foreignKey' in constraint ? constraint.foreignKey.references : [],
    ),
  ]
  return references.filter((other) => other.table !== own.name || other.schema !== own.schema)
}

function tableBody(table: TableDefinition): string {
  const entries = [
    ...(table.like ?? []).map(likeClause),
    ...(table.columns ?? []).map(columnDefinition),
    ...(table.constraints ?? []).map(constraintDefinition),
  ]
  const list = `(\n  ${entries.join(',\n  ')}\n)`
  if (table.partitionOf !== undefined) {
    const { bound, ...parent } = table.partitionOf
    return clauses(`PARTITION OF ${tableName(parent)}`, entries.length > 0 && list, boundClause(bound))
  }
  if (table.ofType !== undefined)
    return clauses(`OF ${qualifiedName(table.ofType)}`, entries.length > 0 && list)
  return entries.length === 0 ? '()' : list
}

function likeClause({ including = [], excluding = [], ...source }: LikeTable): string {
  return clauses(
    `LIKE ${tableName(source)}`,
    ...including.map((option) => `INCLUDING ${option.toUpperCase()}`),
    ...excluding.map((option) => `EXCLUDING ${option.toUpperCase()}`),
  )
}

function partitionClause({ strategy, columns }: PartitionBy): string {
  return `PARTITION BY ${strategy.toUpperCase()} (${columns.map(partitionKey).join(', ')})`
}

function partitionKey(key: PartitionKey): string {
  if (typeof key === 'string') return quoteIdentifier(key)
  return clauses(
    'column' in key ? quoteIdentifier(key.column) : `(${inlineSql(key.expression)})`,
    key.collation !== undefined && `COLLATE ${collationName(key.collation)}`,
    key.operatorClass,
  )
}
