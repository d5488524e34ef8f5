import { quoteIdentifier } from '../sql/identifier.ts'

/** What of a column says how its values become those of another type. */
export type CastableColumn = {
  readonly column: { readonly name: string; readonly type: string }
  /** What its type is a domain over. */
  readonly domainOver?: string
  /** Its type is made in C, by an extension mostly, and has casts that are known to nobody but itself. */
  readonly hasCasts?: true
}

/** How a value becomes one of another type; null where PostgreSQL does it by itself. */
export function castBetween(before: CastableColumn, after: CastableColumn): string | null {
  const [was, is] = [valueType(before), valueType(after)]
  if (isAssigned(was, is)) return null
  const value = quoteIdentifier(after.column.name)
  // Without a length: what is too long for it is then refused, and not cut off.
  const type = after.domainOver === undefined ? base(after.column.type) : after.column.type
  const [one, other] = [base(was), base(is)]
  // A boolean is only cast to an integer, and only from one.
  if (one === 'boolean' && numbers.includes(other)) return `${value}::integer::${type}`
  if (other === 'boolean' && numbers.includes(one)) return `${value} <> 0`
  // A string in JSON has quotes around it.
  if (jsons.includes(one) && !casting.includes(other)) return `(${value} #>> '{}')::${type}`
  if (other === 'jsonb' && !casting.includes(one)) return `to_jsonb(${value})`
  if (other === 'json' && !casting.includes(one)) return `to_json(${value})`
  const hasCasts = before.hasCasts === true || after.hasCasts === true
  // Every type is written and read as text.
  return (hasCasts || isCast(element(one), element(other))) && isArray(one) === isArray(other)
    ? `${value}::${type}`
    : `${value}::text::${type}`
}

/**
 * Whether PostgreSQL takes values of one type for the other by itself (an assignment cast): any as a text, and of those families each for any other. It
 * then refuses what does not fit, where an explicit cast cuts it off.
 */
export function isAssigned(before: string, after: string): boolean {
  const [one, other] = [base(before), base(after)]
  return one === other || texts.includes(other) || isOfOneFamily(one, other)
}

const numbers: readonly string[] = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']
const texts: readonly string[] = ['text', 'varchar', 'char']
const jsons: readonly string[] = ['json', 'jsonb']
/** What is read as JSON; any other value becomes one of JSON. */
const casting: readonly string[] = [...texts, ...jsons]

const families: readonly (readonly string[])[] = [texts, numbers, ['date', 'timestamp', 'timestamptz']]

/** What PostgreSQL makes of a value in another way than by its text (pg_cast), beyond the families. */
const casts: ReadonlyMap<string, readonly string[]> = new Map([
  ['bit', ['varbit', 'integer', 'bigint']],
  ['varbit', ['bit']],
  ['integer', ['bit', 'money']],
  ['bigint', ['bit', 'money']],
  ['numeric', ['money']],
  ['money', ['numeric']],
  ['inet', ['cidr']],
  ['cidr', ['inet']],
  ['box', ['circle', 'lseg', 'point', 'polygon']],
  ['circle', ['box', 'point', 'polygon']],
  ['lseg', ['point']],
  ['path', ['polygon']],
  ['point', ['box']],
  ['polygon', ['box', 'circle', 'path', 'point']],
  ...['int4', 'int8', 'num', 'date', 'ts', 'tstz'].map((of): [string, readonly string[]] => [
    `${of}range`,
    [`${of}multirange`],
  ]),
])

function isCast(one: string, other: string): boolean {
  const isText = texts.includes(one) || one === 'name'
  return isText || isOfOneFamily(one, other) || casts.get(one)?.includes(other) === true
}

function isOfOneFamily(one: string, other: string): boolean {
  return families.some((family) => family.includes(one) && family.includes(other))
}

function valueType({ column, domainOver }: CastableColumn): string {
  return domainOver ?? column.type
}

function isArray(type: string): boolean {
  return type.endsWith('[]')
}

function element(type: string): string {
  return isArray(type) ? base(type.slice(0, -2)) : type
}

/** A type without what is said in parentheses behind it. */
function base(type: string): string {
  return type.replace(/\([\d,-]+\)/, '')
}
