import type { ColumnOfRow, RowType } from '../catalog/row-types.ts'
import { propertyName } from './rows-types.ts'

/**
 * The type that Kysely takes for a database, with values as node-postgres reads and writes them where nobody has changed its parsers.
 * Tables get no type names of their own, which might be those of other tables: `Selectable<DB['users']>` says the same.
 */
export function kyselyCode(rows: readonly RowType[], at: string): string {
  return [
    `/** The database as it is ${at}, for Kysely. Written by "limbeck types --format kysely". */`,
    aliases,
    'export type DB = {',
    ...rows.map(tableCode),
    '}',
    '',
  ].join('\n')
}

function tableCode({ schema, name, here, columns }: RowType): string {
  const lines = columns.flatMap((column) => [
    ...commentLines(column.comment),
    `    ${propertyName(column.name)}: ${columnCode(column)}`,
  ])
  return [`  ${propertyName(here ? name : `${schema}.${name}`)}: {`, ...lines, '  }'].join('\n')
}

function commentLines(comment: string | null): readonly string[] {
  if (comment === null) return []
  const lines = comment.replaceAll('*/', '*\\/').split('\n')
  if (lines.length === 1) return [`    /** ${lines[0]} */`]
  return ['    /**', ...lines.map((line) => `     * ${line}`), '     */']
}

function columnCode(column: ColumnOfRow): string {
  const value = column.notNull ? valueCode(column) : `${valueCode(column)} | null`
  if (column.given === null) return value
  return `${column.given === 'always' ? 'GeneratedAlways' : 'Generated'}<${value}>`
}

function valueCode({ type, array, labels }: ColumnOfRow): string {
  const scalar = labels?.map((label) => JSON.stringify(label)).join(' | ') ?? scalars[type] ?? 'string'
  if (!array) return scalar
  if (type === 'numeric') return 'NumericArray'
  return parsedInArrays.has(type) ? `ArrayOf<${scalar}>` : `ArrayText<${scalar}>`
}

/** What node-postgres has a parser for, and how what it reads is called here. All else it reads as text. */
const scalars: { readonly [type: string]: string } = {
  int2: 'number',
  int4: 'number',
  oid: 'number',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  int8: 'Int8',
  numeric: 'Numeric',
  date: 'Timestamp',
  timestamp: 'Timestamp',
  timestamptz: 'Timestamp',
  interval: 'Interval',
  json: 'Json',
  jsonb: 'Json',
  bytea: 'Uint8Array',
  point: 'Point',
  circle: 'Circle',
}

/** Arrays of these have a parser too; of others, enums above all, they come as PostgreSQL's text. */
const parsedInArrays = new Set([
  ...['int2', 'int4', 'int8', 'oid', 'float4', 'float8', 'bool', 'bytea', 'point', 'json', 'jsonb'],
  ...['text', 'varchar', 'bpchar', 'uuid', 'money', 'inet', 'cidr', 'macaddr', 'numrange'],
  ...['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval'],
])

const aliases = `import type { ColumnType } from 'kysely'

/** Has a default, and may be left out. */
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>

/** Comes from PostgreSQL alone, and cannot be said. */
export type GeneratedAlways<T> = T extends ColumnType<infer S, unknown, unknown>
  ? ColumnType<S, never, never>
  : ColumnType<T, never, never>

export type ArrayOf<T> = [T] extends [ColumnType<infer S, infer I, infer U>]
  ? ColumnType<(S | null)[], readonly (I | null)[], readonly (U | null)[]>
  : ColumnType<(T | null)[], readonly (T | null)[], readonly (T | null)[]>

/** Is read as the text that PostgreSQL has for an array, such as {a,b}: node-postgres has no parser for these. */
export type ArrayText<T> = [T] extends [ColumnType<unknown, infer I, infer U>]
  ? ColumnType<string, readonly I[] | string, readonly U[] | string>
  : ColumnType<string, readonly T[] | string, readonly T[] | string>

export type Int8 = ColumnType<string, string | number | bigint, string | number | bigint>

export type Numeric = ColumnType<string, string | number | bigint, string | number | bigint>

/** Is read as numbers, which have fewer digits. */
export type NumericArray = ColumnType<
  (number | null)[],
  readonly (string | number | null)[],
  readonly (string | number | null)[]
>

export type Timestamp = ColumnType<Date, Date | string, Date | string>

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** An array has to be written as text, JSON.stringify([…]): node-postgres takes it for an array of PostgreSQL's. */
export type Json = ColumnType<
  JsonValue,
  { readonly [key: string]: unknown } | string | number | boolean,
  { readonly [key: string]: unknown } | string | number | boolean
>

export type IntervalValue = {
  readonly years?: number
  readonly months?: number
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly milliseconds?: number
  toPostgres(): string
}

export type Interval = ColumnType<IntervalValue, IntervalValue | string, IntervalValue | string>

export type Point = ColumnType<{ x: number; y: number }, string, string>

export type Circle = ColumnType<{ x: number; y: number; radius: number }, string, string>
`
