import { quoteIdentifier } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'

/**
 * Parameters of a table, an index or a view, such as `{ fillfactor: 70, 'toast.autovacuum_enabled': false }`.
 * https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-STORAGE-PARAMETERS
 */
export type StorageParameters = { readonly [parameter: string]: string | number | boolean }

/** `(fillfactor = 70, toast.autovacuum_enabled = FALSE)`, as it follows WITH and SET. */
export function parameterList(parameters: StorageParameters): string {
  return `(${Object.entries(parameters)
    .map(([name, value]) => `${parameterName(name)} = ${parameterValue(value)}`)
    .join(', ')})`
}

/** `(fillfactor, toast.autovacuum_enabled)`, as it follows RESET. */
export function parameterNames(names: readonly string[]): string {
  return `(${names.map(parameterName).join(', ')})`
}

/** Parameters that change; null resets one to its default. */
export type ParameterChanges = { readonly [parameter: string]: StorageParameters[string] | null | undefined }

/** The actions of an ALTER that changes parameters: `SET (fillfactor = 70)`, `RESET (autovacuum_enabled)`. */
export function alterParameters(changes: ParameterChanges): readonly string[] {
  const entries = Object.entries(changes)
  const set = entries.flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value]],
  )
  const reset = entries.flatMap(([name, value]) => (value === null ? [name] : []))
  return [
    set.length > 0 && `SET ${parameterList(Object.fromEntries(set))}`,
    reset.length > 0 && `RESET ${parameterNames(reset)}`,
  ].filter((action) => action !== false)
}

/** A parameter may be one of the toast table's: `toast.` is a namespace, and no part of the name. */
function parameterName(name: string): string {
  return name.split('.').map(quoteIdentifier).join('.')
}

/** A negative number stands without the parentheses that it has in an expression, which PostgreSQL refuses here. */
function parameterValue(value: StorageParameters[string]): string {
  return typeof value === 'number' ? String(value) : literal(value)
}
