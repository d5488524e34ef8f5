import type { RowType } from '../catalog/row-types.ts'

/** A type for the rows of each table and view. */
export function rowsCode(rows: readonly RowType[], at: string): string {
  return [`/** Rows as they are ${at}. Written by "limbeck types". */`, ...rows.map(rowCode), ''].join('\n')
}

function rowCode({ schema, name, here, columns }: RowType): string {
  const lines = columns.map(
    (column) =>
      `  readonly ${propertyName(column.name)}: ${columnType(column)}${column.notNull ? '' : ' | null'}`,
  )
  return `export type ${typeName(here ? [name] : [schema, name])} = {\n${lines.join('\n')}\n}`
}

/** As values are read: without loss, so that a bigint, a numeric and a date are texts. */
const read: { readonly [type: string]: string } = {
  int2: 'number',
  int4: 'number',
  oid: 'number',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  bytea: 'Uint8Array',
  json: 'unknown',
  jsonb: 'unknown',
}

/** Arrays of these are read as arrays; of other types as PostgreSQL's text. */
const inArrays = new Set([
  ...['int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'bool', 'text', 'varchar', 'bpchar', 'uuid'],
  ...[
    'date',
    'timestamp',
    'timestamptz',
    'interval',
    'json',
    'jsonb',
    'bytea',
    'inet',
    'cidr',
    'time',
    'timetz',
  ],
])

function columnType({ type, array, labels }: RowType['columns'][number]): string {
  if (array) return inArrays.has(type) ? `readonly (${read[type] ?? 'string'} | null)[]` : 'string'
  if (labels !== null) return labels.map((label) => JSON.stringify(label)).join(' | ')
  return read[type] ?? 'string'
}

/** A name as it stands in a type. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

/** `order_items` is OrderItems; what is in another schema has that before it. */
function typeName(names: readonly string[]): string {
  const words = names.flatMap((name) => name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^\p{L}/u.test(joined) ? joined : `Of${joined}`
}
