import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { type LockMode, type Need, needsOf } from './operation.ts'
import { parameterList, parameterNames, type StorageParameters } from './storage-parameters.ts'

/** null takes a parameter back to what it is where nothing is said. */
export type ParameterChanges = { readonly [parameter: string]: StorageParameters[string] | null }

export type MaterializedViewChange = {
  readonly with?: ParameterChanges
  /** The index by which CLUSTER orders its rows; null for none. */
  readonly clusterOn?: string | null
  /** Where its rows are stored; `pg_default` is a tablespace too. Its indexes stay where they are. */
  readonly tablespace?: string
  /** From PostgreSQL 15 on. */
  readonly accessMethod?: string
  readonly columnSettings?: MaterializedViewColumns
}

export type MaterializedViewColumns = { readonly [column: string]: MaterializedViewColumn }

export type MaterializedViewColumn = {
  /** How much ANALYZE learns of it; null for what the server's `default_statistics_target` says. */
  readonly statistics?: number | null
  /** `n_distinct` and `n_distinct_inherited`. */
  readonly options?: ParameterChanges
  readonly storage?: 'plain' | 'external' | 'extended' | 'main'
  /** From PostgreSQL 14 on; null for what the server's `default_toast_compression` says. */
  readonly compression?: 'pglz' | 'lz4' | null
}

export function alterMaterializedViewSql(
  view: { readonly schema?: string; readonly name: string } & MaterializedViewChange,
): string {
  const changes = [
    ...parameterChanges(view.with),
    ...(view.clusterOn === undefined ? [] : [clusterChange(view.clusterOn)]),
    ...Object.entries(view.columnSettings ?? {}).flatMap(([name, column]) =>
      columnChanges(column).map((change) => `ALTER COLUMN ${quoteIdentifier(name)} ${change}`),
    ),
    ...(view.tablespace === undefined ? [] : [`SET TABLESPACE ${quoteIdentifier(view.tablespace)}`]),
    ...(view.accessMethod === undefined ? [] : [`SET ACCESS METHOD ${quoteIdentifier(view.accessMethod)}`]),
  ]
  return `ALTER MATERIALIZED VIEW ${qualifiedName(view)} ${changes.join(', ')}`
}

export function changeNeeds({
  accessMethod,
  columnSettings = {},
}: {
  readonly accessMethod?: string | undefined
  readonly columnSettings?: MaterializedViewColumns | undefined
}): readonly Need[] {
  const compressed = Object.values(columnSettings).some(({ compression }) => compression !== undefined)
  return needsOf([accessMethod, 'SET ACCESS METHOD', 15], [compressed, "a column's compression", 14])
}

export function changeLock(change: MaterializedViewChange): LockMode {
  const closes =
    change.tablespace !== undefined ||
    change.accessMethod !== undefined ||
    Object.values(change.columnSettings ?? {}).some(
      ({ storage, compression }) => storage !== undefined || compression !== undefined,
    )
  return closes ? 'AccessExclusive' : 'ShareUpdateExclusive'
}

function clusterChange(index: string | null): string {
  return index === null ? 'SET WITHOUT CLUSTER' : `CLUSTER ON ${quoteIdentifier(index)}`
}

function columnChanges(column: MaterializedViewColumn): readonly string[] {
  return [
    ...(column.statistics === undefined ? [] : [`SET STATISTICS ${column.statistics ?? -1}`]),
    ...parameterChanges(column.options),
    ...(column.storage === undefined ? [] : [`SET STORAGE ${column.storage.toUpperCase()}`]),
    ...(column.compression === undefined ? [] : [`SET COMPRESSION ${column.compression ?? 'DEFAULT'}`]),
  ]
}

function parameterChanges(parameters: ParameterChanges = {}): readonly string[] {
  const set = Object.entries(parameters).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  )
  const reset = Object.entries(parameters).flatMap(([name, value]) => (value === null ? [name] : []))
  return [
    ...(set.length > 0 ? [`SET ${parameterList(Object.fromEntries(set))}`] : []),
    ...(reset.length > 0 ? [`RESET ${parameterNames(reset)}`] : []),
  ]
}
