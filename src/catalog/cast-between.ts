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
  const isCast = before.hasCasts === true || after.hasCasts === true || isKnown(element(one), element(other))
  // Every type is written and read as text.
  return isCast && isArray(one) === isArray(other) ? `${value}::${type}` : `${value}::text::${type}`
}

/**
 * Whether PostgreSQL takes values of one type for the other by itself (an assignment cast): any as a text, and of those families each for any other. It
 * then refuses what does not fit, where an explicit cast cuts it off.
 */
export function isAssigned(before: string, after: string): boolean {
  const [one, other] = [base(before), base(after)]
  return (
    one === other ||
    texts.includes(other) ||
    families.some((family) => family.includes(one) && family.includes(other))
  )
}

const numbers: readonly string[] = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']
const texts: readonly string[] = ['text', 'varchar', 'char']
const jsons: readonly string[] = ['json', 'jsonb']
/** What is read as JSON; any other value becomes one of JSON. */
const casting: readonly string[] = [...texts, ...jsons]

const families: readonly (readonly string[])[] = [texts, numbers, ['date', 'timestamp', 'timestamptz']]

/** Types of which PostgreSQL makes each other in another way than by their texts (pg_cast). */
const known: readonly (readonly string[])[] = [
  ...families,
  ['bit', 'varbit', 'integer'],
  ['bit', 'varbit', 'bigint'],
  ['numeric', 'money'],
  ['integer', 'money'],
  ['bigint', 'money'],
  ['inet', 'cidr'],
  ['interval', 'time'],
  ['timestamp', 'timestamptz', 'time'],
  ['timestamptz', 'timetz'],
  ['box', 'point', 'lseg', 'circle', 'polygon'],
  ['polygon', 'path'],
  ...['int4', 'int8', 'num', 'date', 'ts', 'tstz'].map((of) => [`${of}range`, `${of}multirange`]),
]

function isKnown(one: string, other: string): boolean {
  const isText = texts.includes(one) || one === 'name'
  return isText || known.some((family) => family.includes(one) && family.includes(other))
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
