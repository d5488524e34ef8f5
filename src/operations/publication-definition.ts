import { clauses } from '../sql/clauses.ts'
import { columnList, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { type Need, needsOf } from './operation.ts'
import { type TableReference, tableName } from './relation.ts'

export type PublishedTable = TableReference & {
  /** Without the tables that inherit from it. */
  readonly only?: boolean
  /** The columns that are sent (15); all if left out. */
  readonly columns?: readonly string[]
  /** Only rows for which this holds are sent (15). */
  readonly where?: Sql
}

/** What a publication sends: single tables, and whole schemas (15) with the tables that will be in them. */
export type PublicationObjects = {
  readonly tables?: readonly PublishedTable[]
  readonly schemas?: readonly string[]
}

export type PublicationOptions = {
  /** Which changes are sent; all four if left out. */
  readonly publish?: readonly ('insert' | 'update' | 'delete' | 'truncate')[]
  /** Whether a partition's changes are sent as those of the partitioned table. */
  readonly publishViaPartitionRoot?: boolean
  /** Whether generated columns are sent (18). */
  readonly publishGeneratedColumns?: 'none' | 'stored'
}

/** `TABLE "a" ("id") WHERE (…), "b", TABLES IN SCHEMA "app"`, as it follows FOR, ADD and SET; empty for nothing. */
export function publicationObjects({ tables = [], schemas = [] }: PublicationObjects): string {
  return [
    tables.length > 0 && `TABLE ${tables.map(publishedTable).join(', ')}`,
    schemas.length > 0 && `TABLES IN SCHEMA ${schemas.map(quoteIdentifier).join(', ')}`,
  ]
    .filter((part) => part !== false)
    .join(', ')
}

/** The same without what PostgreSQL refuses to read after DROP. */
export function droppedObjects({ tables = [], schemas = [] }: PublicationObjects): string {
  return publicationObjects({ tables: tables.map(({ columns, where, ...table }) => table), schemas })
}

/** `(publish = 'insert', …)`, as it follows WITH and SET; empty for no options. */
export function publicationOptions(options: PublicationOptions): string {
  const { publish, publishViaPartitionRoot: viaRoot, publishGeneratedColumns: generated } = options
  const all = [
    publish !== undefined && `publish = ${quoteLiteral(publish.join(', '))}`,
    viaRoot !== undefined && `publish_via_partition_root = ${viaRoot}`,
    generated !== undefined && `publish_generated_columns = ${generated}`,
  ].filter((option) => option !== false)
  return all.length === 0 ? '' : `(${all.join(', ')})`
}

export function publicationNeeds(fields: PublicationObjects & PublicationOptions): readonly Need[] {
  const tables = fields.tables ?? []
  return needsOf(
    [tables.some(({ columns }) => columns !== undefined), "a publication's column list", 15],
    [tables.some(({ where }) => where !== undefined), "a publication's row filter", 15],
    [fields.schemas, 'TABLES IN SCHEMA', 15],
    [fields.publishGeneratedColumns, 'publish_generated_columns', 18],
  )
}

function publishedTable(table: PublishedTable): string {
  return clauses(
    table.only === true && 'ONLY',
    tableName(table),
    table.columns !== undefined && columnList(table.columns),
    table.where !== undefined && `WHERE (${inlineSql(table.where)})`,
  )
}
