import { clauses } from '../sql/clauses.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { type CollationName, collationName } from './column-definition.ts'
import { type TableReference, tableName } from './relation.ts'
import { parameterList, type StorageParameters } from './storage-parameters.ts'

/** An operator class by name (`text_pattern_ops`), with its schema or its parameters (`{ siglen: 32 }`) where there are some. */
export type OperatorClassUse =
  | string
  | {
      readonly schema?: string
      readonly name: string
      readonly options?: StorageParameters
    }

/** A column or expression with how it is ordered and compared. */
export type IndexElement = ({ readonly column: string } | { readonly expression: Sql }) & {
  readonly operatorClass?: OperatorClassUse
  readonly collation?: CollationName
  readonly order?: 'asc' | 'desc'
  readonly nulls?: 'first' | 'last'
}

/** One key of an index: a column's name, or a column or expression with how it is ordered and compared. */
export type IndexKey = string | IndexElement

/** An index, apart from its name and how it is built. */
export type IndexDefinition = TableReference & {
  readonly columns: readonly IndexKey[]
  readonly unique?: boolean
  /** The access method; btree if left out. */
  readonly using?: 'btree' | 'hash' | 'gin' | 'gist' | 'spgist' | 'brin' | (string & {})
  /** Columns that are stored and not searched. */
  readonly include?: readonly string[]
  /** From PostgreSQL 15 on. */
  readonly nullsNotDistinct?: boolean
  /** Storage parameters, such as `{ fillfactor: 70 }`. */
  readonly with?: StorageParameters
  readonly tablespace?: string
  readonly where?: Sql
}

/** The statement that builds the index, whole or as `CREATE INDEX … ON ONLY` the partitioned parent. */
export function createIndexSql(
  index: IndexDefinition & { readonly name: string },
  form: { readonly concurrently?: boolean; readonly only?: boolean } = {},
): string {
  return clauses(
    'CREATE',
    index.unique === true && 'UNIQUE',
    'INDEX',
    form.concurrently === true && 'CONCURRENTLY',
    quoteIdentifier(index.name),
    'ON',
    form.only === true && 'ONLY',
    tableName(index),
    index.using !== undefined && `USING ${quoteIdentifier(index.using)}`,
    `(${index.columns.map(indexKey).join(', ')})`,
    index.include !== undefined && `INCLUDE ${columnList(index.include)}`,
    index.nullsNotDistinct === true && 'NULLS NOT DISTINCT',
    index.with !== undefined && `WITH ${parameterList(index.with)}`,
    index.tablespace !== undefined && `TABLESPACE ${quoteIdentifier(index.tablespace)}`,
    index.where !== undefined && `WHERE ${inlineSql(index.where)}`,
  )
}

function indexKey(key: IndexKey): string {
  return typeof key === 'string' ? quoteIdentifier(key) : indexElement(key)
}

/** `"email" COLLATE "C" text_pattern_ops DESC`, as it stands in an index and in an exclusion. */
export function indexElement(element: IndexElement): string {
  const { collation, operatorClass, order, nulls } = element
  return clauses(
    'column' in element ? quoteIdentifier(element.column) : `(${inlineSql(element.expression)})`,
    collation !== undefined && `COLLATE ${collationName(collation)}`,
    operatorClass !== undefined && operatorClassName(operatorClass),
    order?.toUpperCase(),
    nulls !== undefined && `NULLS ${nulls.toUpperCase()}`,
  )
}

function operatorClassName(use: OperatorClassUse): string {
  if (typeof use === 'string') return quoteIdentifier(use)
  return clauses(qualifiedName(use), use.options !== undefined && parameterList(use.options))
}
