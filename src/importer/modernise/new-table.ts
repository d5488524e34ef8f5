import { type Directive, isOf } from '../../operations/operation.ts'
import { createIndex, createTable, createUniqueConstraint } from '../../operations/registry.ts'

/** A table that the same revision has made, as far as rows that are put into it are concerned. */
export type NewTable = {
  readonly types: ReadonlyMap<string, string>
  /** Columns of which no two rows have the same values; null where one is an expression. */
  readonly keys: readonly (readonly string[] | null)[]
}

/** What directives have made of a table; null where they have not made it, or not from its columns. */
export function newTable(
  { schema, table }: { readonly schema?: string | undefined; readonly table: string },
  directives: readonly Directive[],
): NewTable | null {
  const made = directives.find((one) => isOf(createTable, one) && one.name === table && one.schema === schema)
  if (made === undefined || !isOf(createTable, made) || made.columns === undefined) return null
  const types = new Map<string, string>()
  const keys: (readonly string[] | null)[] = []
  for (const column of made.columns) {
    if (!('type' in column)) return null
    types.set(column.name, typeof column.type === 'string' ? column.type : '')
    if (column.primaryKey === true || column.unique === true) keys.push([column.name])
  }
  for (const constraint of made.constraints ?? []) {
    if ('primaryKey' in constraint) keys.push(constraint.primaryKey.columns)
    if ('unique' in constraint) keys.push(constraint.unique.columns)
    if ('exclude' in constraint) keys.push(null)
  }
  return { types, keys: [...keys, ...keysOf({ schema, table }, directives)] }
}

function keysOf(
  { schema, table }: { readonly schema?: string | undefined; readonly table: string },
  directives: readonly Directive[],
): readonly (readonly string[] | null)[] {
  return directives.flatMap((one) => {
    const isUnique = isOf(createUniqueConstraint, one) || (isOf(createIndex, one) && one.unique === true)
    if (!isUnique || one.table !== table || one.schema !== schema) return []
    const columns = one.columns ?? []
    const names = columns.map((column) => (typeof column === 'string' ? column : null))
    return [names.includes(null) ? null : (names as readonly string[])]
  })
}
