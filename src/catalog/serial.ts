import { isDeepStrictEqual } from 'node:util'
import type { Column } from '../operations/column-definition.ts'
import { type Directive, isOf, withFields } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import { alterSequence, type CreateSequence, createSequence } from '../operations/sequence.ts'
import { type CreateTable, createTable } from '../operations/table.ts'
import { isSql } from '../sql/tag.ts'

/**
 * A sequence, a column that takes its default from it and owns it: PostgreSQL has a word for the three where the sequence is an ordinary
 * one of the usual name. https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL
 */
export function withSerials(directives: readonly Directive[]): readonly Directive[] {
  let result = directives
  for (const sequence of directives)
    if (isOf(createSequence, sequence)) result = withSerial(result, sequence) ?? result
  return result
}

const serials: { readonly [type: string]: string } = {
  smallint: 'smallserial',
  integer: 'serial',
  bigint: 'bigserial',
}

function withSerial(
  directives: readonly Directive[],
  { kind: _, schema, name, as = 'bigint', ...options }: Directive & CreateSequence,
): readonly Directive[] | null {
  if (Object.keys(options).length > 0) return null
  const owned = directives.find(
    (one) => isOf(alterSequence, one) && one.schema === schema && one.name === name && 'ownedBy' in one,
  )
  const table = directives.find((one) => {
    if (!isOf(createTable, one) || one.schema !== schema) return false
    return one.columns?.some((column) => `${one.name}_${column.name}_seq` === name) === true
  })
  if (owned === undefined || table === undefined || !isOf(createTable, table)) return null
  if (!isOf(alterSequence, owned) || owned.ownedBy?.table !== table.name) return null
  if (`${table.name}_${owned.ownedBy.column}_seq` !== name) return null
  const column = table.columns?.find((one) => `${table.name}_${one.name}_seq` === name) as Column
  if (column.type !== as || !takesFrom(column, name)) return null
  if (column.notNull !== true && column.primaryKey !== true) return null
  // The sequence is there from the table on, and what is said of it earlier is said then.
  const sequence = { ...inSchema({ schema }), sequence: name }
  const earlier = directives.slice(0, directives.indexOf(table))
  const said = earlier.filter((one) => Object.values(one).some((value) => isDeepStrictEqual(value, sequence)))
  const isMade = (one: Directive) => isOf(createSequence, one) && one.schema === schema && one.name === name
  if (earlier.some((one) => !said.includes(one) && !isMade(one) && mentions(one, name))) return null
  return directives
    .filter((one) => one !== owned && !isMade(one) && !said.includes(one))
    .flatMap((one) => (one === table ? [withColumn(table, column), ...said] : [one]))
}

/** Perhaps only by chance: then the sequence is made by itself, which is right too. */
function mentions(directive: Directive, sequence: string): boolean {
  return texts(directive).some((text) => text.includes(sequence))
}

function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

/** The default is the sequence's next value. */
function takesFrom({ default: value }: Column, sequence: string): boolean {
  return (
    isSql(value) &&
    /^nextval\('.*'::regclass\)$/s.test(value.sql[0] ?? '') &&
    (value.sql[0] ?? '').includes(sequence)
  )
}

function withColumn(
  table: Directive & { readonly kind: 'createTable' } & CreateTable,
  column: Column,
): Directive {
  const { default: _, notNull: __, type, ...others } = column
  const serial = { ...others, type: serials[type] ?? type }
  return withFields(table, {
    columns: (table.columns ?? []).map((one) => (one === column ? ordered(serial) : one)),
  } as Partial<typeof table>)
}

/** The type stands behind the name. */
function ordered({ name, type, ...others }: Column): Column {
  return { name, type, ...others }
}
