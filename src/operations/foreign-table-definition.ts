import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { type Column, columnDefinition } from './column-definition.ts'
import { type Check, constraintDefinition } from './constraint-definition.ts'
import { type ForeignOptions, foreignOptions } from './foreign-options.ts'
import { type TableReference, tableName } from './relation.ts'

/** A column of a foreign table, which has no keys: what a constraint says is believed, not checked. */
export type ForeignColumn = Omit<Column, 'primaryKey' | 'unique' | 'references' | 'identity'> & {
  readonly options?: ForeignOptions
}

export type ForeignTableDefinition = {
  readonly server: string
  readonly options?: ForeignOptions
} & (
  | {
      readonly columns: readonly ForeignColumn[]
      readonly checks?: readonly ({ readonly name: string } & Check)[]
      readonly inherits?: readonly TableReference[]
      readonly partitionOf?: never
    }
  | {
      /** Its columns are the parent's. `values`: `FOR VALUES FROM (…) TO (…)` or `DEFAULT`. */
      readonly partitionOf: TableReference & { readonly values: Sql }
      readonly columns?: never
      readonly checks?: never
      readonly inherits?: never
    }
)

/** `FOREIGN TABLE "t" (…) SERVER "s" OPTIONS (…)`, as it follows CREATE. */
export function foreignTableSql(
  table: { readonly schema?: string; readonly name: string } & ForeignTableDefinition,
): string {
  return clauses(
    `FOREIGN TABLE ${qualifiedName(table)}`,
    table.partitionOf === undefined
      ? ownColumns(table.columns, table.checks)
      : `PARTITION OF ${tableName(table.partitionOf)} ${inlineSql(table.partitionOf.values)}`,
    table.inherits !== undefined && `INHERITS (${table.inherits.map(tableName).join(', ')})`,
    `SERVER ${quoteIdentifier(table.server)}`,
    foreignOptions(table.options),
  )
}

function ownColumns(
  columns: readonly ForeignColumn[],
  checks: readonly ({ readonly name: string } & Check)[] = [],
): string {
  const all = [
    ...columns.map(foreignColumn),
    ...checks.map(({ name, ...check }) => constraintDefinition({ name, check })),
  ]
  return `(${all.join(', ')})`
}

/** The options stand right behind the type. */
function foreignColumn({ options, ...column }: ForeignColumn): string {
  return columnDefinition({ ...column, type: clauses(column.type, foreignOptions(options)) })
}
