import { refuse } from '../python/evaluation.ts'
import { enumMembers, isEnum } from '../python/instantiate.ts'
import { resolved } from '../python/resolve.ts'
import { ClassValue, Instance, List, Term, Tuple, type Value } from '../python/value.ts'
import { foreignType } from './foreign-types.ts'
import { type Called, calledOf, nameOf, optionalText } from './term.ts'
import { number, plain, sized, type TypeMaker } from './type-makers.ts'

/** A type as PostgreSQL has it, and what SQLAlchemy makes beside it. */
export type SqlType = {
  readonly text: string
  readonly affinity: 'integer' | 'numeric' | 'other'
  /** Which of PostgreSQL's serials it becomes. */
  readonly serial?: 'smallserial' | 'serial' | 'bigserial'
  readonly collation?: string
  readonly enum?: EnumType
  /** A check of the values, where the type is no type of PostgreSQL's own. */
  readonly check?: { readonly name: Value | undefined; readonly values: readonly string[] }
  /** How a value of Python's is written into a column of it, where that is not plain. */
  readonly literal?: Literal
}

/** `own`: the type makes another value of it, in Python. */
export type Literal = 'json' | 'array' | 'enumName' | 'enumValue' | 'own'

export type EnumType = {
  readonly schema?: string
  readonly name: string
  readonly values: readonly string[]
  /** Whether a table that has it makes it. */
  readonly made: boolean
}

/** The type that a value of Python's stands for: a class of SQLAlchemy's, or a call of one. */
export function sqlType(value: Value | undefined): SqlType {
  if (value instanceof ClassValue) return ownType(value)
  if (value instanceof Instance) return ownType(value.of)
  const name = nameOf(value)
  if (name !== null) return typeOf({ name, of: null, positional: [], named: new Map(), line: 0 })
  const called = calledOf(value)
  if (called === null) return refuse('a type that is not known here')
  return typeOf(called)
}

/** Whether a value is a type at all: a column's second argument may be a foreign key. */
export function isType(value: Value | undefined): boolean {
  if (value instanceof ClassValue) return decorates(value)
  if (value instanceof Instance) return decorates(value.of)
  const called = calledOf(value)
  const name = nameOf(value) ?? called?.name ?? ''
  if (called?.name === 'with_variant' || called?.name === 'evolve') return true
  return Object.hasOwn(types, name.replace(/^(sa|postgresql)\./, '')) || foreignType(name) !== undefined
}

function typeOf(called: Called): SqlType {
  if (called.name === 'with_variant') return variant(called)
  const foreign = foreignType(called.name)
  if (foreign !== undefined) return foreign(called)
  const [family, name = ''] = called.name.split('.')
  const known =
    (family === 'sa' || family === 'postgresql') && Object.hasOwn(types, name) ? types[name] : undefined
  return (
    known?.(called) ?? refuse(`the type ${called.name.replace(/^sa\./, 'sqlalchemy.')} is not known here`)
  )
}

/** `JSON().with_variant(JSONB, 'postgresql')`: PostgreSQL's. */
function variant({ of, positional }: Called): SqlType {
  const [type, ...dialects] = positional
  return dialects.includes('postgresql') ? sqlType(type) : sqlType(of ?? null)
}

const numeric: TypeMaker = (called) => {
  const [precision = called.named.get('precision') ?? null, scale = called.named.get('scale') ?? null] =
    called.positional
  if (precision === null) return { text: 'numeric', affinity: 'numeric' }
  const size = scale === null ? number(precision) : `${number(precision)},${number(scale)}`
  return { text: `numeric(${size})`, affinity: 'numeric' }
}

const float: TypeMaker = ({ positional, named }) => {
  const precision = positional[0] ?? named.get('precision') ?? null
  if (precision === null) return { text: 'double precision', affinity: 'numeric' }
  return { text: `float(${number(precision)})`, affinity: 'numeric' }
}

/** `timestamp`, with its time zone and precision. */
function moment(base: 'time' | 'timestamp'): TypeMaker {
  return ({ positional, named }) => {
    const zone = positional[0] ?? named.get('timezone') ?? false
    const precision = named.get('precision') ?? positional[1] ?? null
    const text = `${base}${zone === true ? 'tz' : ''}`
    return { text: precision === null ? text : `${text}(${number(precision)})`, affinity: 'other' }
  }
}

const interval: TypeMaker = ({ name, positional, named }) => {
  if (name.startsWith('sa.')) {
    const precision = named.get('second_precision') ?? null
    return { text: precision === null ? 'interval' : `interval(${number(precision)})`, affinity: 'other' }
  }
  const precision = positional[0] ?? named.get('precision') ?? null
  const fields = optionalText(named.get('fields') ?? positional[1], 'the fields of an interval')
  const size = precision === null ? '' : `(${number(precision)})`
  return {
    text: `interval${fields === undefined ? '' : ` ${fields.toLowerCase()}`}${size}`,
    affinity: 'other',
  }
}

const bit: TypeMaker = ({ positional, named }) => {
  const length = positional[0] ?? named.get('length') ?? null
  const varying = (positional[1] ?? named.get('varying')) === true
  const text = varying ? 'bit varying' : 'bit'
  const size = length === null ? (varying ? '' : '(1)') : `(${number(length)})`
  return { text: text + size, affinity: 'other' }
}

const array: TypeMaker = ({ positional, named }) => {
  const item = sqlType(positional[0] ?? named.get('item_type'))
  const dimensions = named.get('dimensions') ?? null
  const brackets = '[]'.repeat(dimensions === null ? 1 : Number(dimensions))
  return {
    text: `${item.text}${brackets}`,
    affinity: 'other',
    literal: 'array',
    ...(item.enum === undefined ? {} : { enum: item.enum }),
  }
}

const domain: TypeMaker = ({ positional, named }) => {
  const name = optionalText(positional[0] ?? named.get('name'), 'the name of a domain')
  const schema = optionalText(named.get('schema'), 'the schema of a domain')
  return { text: qualified(schema, name ?? refuse('a domain without a name')), affinity: 'other' }
}

const enumeration: TypeMaker = (called) => {
  const { named, positional } = called
  const [first] = positional
  const values = enumValues(called)
  const isNative = called.name.startsWith('postgresql.') || named.get('native_enum') !== false
  if (!isNative) return enumAsText(called, values)
  const given = named.get('name') ?? (first instanceof ClassValue ? first.name.toLowerCase() : undefined)
  const name = optionalText(given, 'the name of an enum') ?? refuse('an enum without a name')
  const schema = optionalText(named.get('schema'), 'the schema of an enum')
  const made = named.get('create_type') !== false && (named.get('metadata') ?? null) === null
  return {
    text: qualified(schema, name),
    affinity: 'other',
    enum: { ...(schema === undefined ? {} : { schema }), name, values, made },
    ...memberLiteral(called),
  }
}

/** A column of a class's members has their names, unless something else is asked for. */
function memberLiteral({ positional: [first], named }: Called): Pick<SqlType, 'literal'> {
  if (!(first instanceof ClassValue)) return {}
  return { literal: named.has('values_callable') ? 'enumValue' : 'enumName' }
}

function enumAsText(called: Called, values: readonly string[]): SqlType {
  const { named } = called
  const longest = Math.max(0, ...values.map((value) => value.length))
  const length = Math.max(longest, Number(named.get('length') ?? 0))
  return {
    text: `varchar(${length})`,
    affinity: 'other',
    ...memberLiteral(called),
    ...(named.get('create_constraint') === true ? { check: { name: named.get('name'), values } } : {}),
  }
}

function enumValues({ positional, named }: Called): readonly string[] {
  const [first] = positional
  const members = named.get('enums') ?? first
  if (first instanceof ClassValue && isEnum(first)) {
    if (named.has('values_callable'))
      return enumMembers(first).map((member) => String(member.fields.get('value')))
    return enumMembers(first).map((member) => String(member.fields.get('name')))
  }
  const list = members instanceof List || members instanceof Tuple ? members.items : positional
  return list.map((value) => {
    if (typeof value === 'string') return value
    return refuse('a value of an enum is no known text')
  })
}

function qualified(schema: string | undefined, name: string): string {
  const quoted = (text: string) =>
    /^[a-z_][a-z0-9_]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`
  return schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`
}

const boolean: TypeMaker = plain('boolean')

const types: { readonly [name: string]: TypeMaker } = {
  Integer: plain('integer', 'integer', 'serial'),
  INTEGER: plain('integer', 'integer', 'serial'),
  INT: plain('integer', 'integer', 'serial'),
  BigInteger: plain('bigint', 'integer', 'bigserial'),
  BIGINT: plain('bigint', 'integer', 'bigserial'),
  SmallInteger: plain('smallint', 'integer', 'smallserial'),
  SMALLINT: plain('smallint', 'integer', 'smallserial'),
  Numeric: numeric,
  NUMERIC: numeric,
  DECIMAL: numeric,
  Float: float,
  FLOAT: float,
  Double: plain('double precision', 'numeric'),
  DOUBLE: plain('double precision', 'numeric'),
  DOUBLE_PRECISION: plain('double precision', 'numeric'),
  REAL: plain('real', 'numeric'),
  String: sized('varchar'),
  Unicode: sized('varchar'),
  VARCHAR: sized('varchar'),
  CHAR: sized('char'),
  Text: sized('text'),
  UnicodeText: sized('text'),
  TEXT: sized('text'),
  LargeBinary: plain('bytea'),
  Binary: plain('bytea'),
  BYTEA: plain('bytea'),
  PickleType: plain('bytea'),
  Boolean: boolean,
  BOOLEAN: boolean,
  Date: plain('date'),
  DATE: plain('date'),
  DateTime: moment('timestamp'),
  TIMESTAMP: moment('timestamp'),
  Time: moment('time'),
  TIME: moment('time'),
  Interval: interval,
  INTERVAL: interval,
  JSON: () => ({ text: 'json', affinity: 'other', literal: 'json' }),
  JSONB: () => ({ text: 'jsonb', affinity: 'other', literal: 'json' }),
  JSONPATH: plain('jsonpath'),
  Uuid: plain('uuid'),
  UUID: plain('uuid'),
  Enum: enumeration,
  ENUM: enumeration,
  ARRAY: array,
  DOMAIN: domain,
  BIT: bit,
  INET: plain('inet'),
  CIDR: plain('cidr'),
  MACADDR: plain('macaddr'),
  MACADDR8: plain('macaddr8'),
  MONEY: plain('money'),
  OID: plain('oid'),
  REGCLASS: plain('regclass'),
  REGCONFIG: plain('regconfig'),
  TSVECTOR: plain('tsvector'),
  TSQUERY: plain('tsquery'),
  HSTORE: plain('hstore'),
  CITEXT: plain('citext'),
  INT4RANGE: plain('int4range'),
  INT8RANGE: plain('int8range'),
  NUMRANGE: plain('numrange'),
  DATERANGE: plain('daterange'),
  TSRANGE: plain('tsrange'),
  TSTZRANGE: plain('tstzrange'),
  INT4MULTIRANGE: plain('int4multirange'),
  INT8MULTIRANGE: plain('int8multirange'),
  NUMMULTIRANGE: plain('nummultirange'),
  DATEMULTIRANGE: plain('datemultirange'),
  TSMULTIRANGE: plain('tsmultirange'),
  TSTZMULTIRANGE: plain('tstzmultirange'),
}

/** Whether a class of the project's is a type. */
export function decorates(of: ClassValue): boolean {
  return of.bases.some((base) => {
    if (base instanceof ClassValue) return decorates(base)
    const name = nameOf(genericOf(base)) ?? ''
    return name === 'sa.TypeDecorator' || name === 'sa.UserDefinedType' || isType(base)
  })
}

/** `TypeDecorator[str]` is one. */
function genericOf(base: Value): Value {
  return base instanceof Term && base.form.is === 'item' ? base.form.of : base
}

/** Under which a class of the project's keeps what it is on PostgreSQL, where it says that in code. */
export const onPostgres = '<on PostgreSQL>'

/** A type of the project's own: what it says that it is to PostgreSQL. */
/** A type of the application's: what it stores may be another value than it is given. */
function ownType(of: ClassValue): SqlType {
  const stored = storedType(of)
  return memberIn(of, 'process_bind_param') === undefined ? stored : { ...stored, literal: 'own' }
}

function storedType(of: ClassValue): SqlType {
  const loaded = memberIn(of, onPostgres)
  if (loaded !== undefined) return sqlType(loaded)
  const impl = memberIn(of, 'impl')
  if (impl !== undefined) return sqlType(impl)
  const [base] = of.bases
  if (base instanceof ClassValue || (base !== undefined && isType(base))) return sqlType(base)
  return refuse(`the type ${of.name} of the application does not say here what it is to PostgreSQL`)
}

function memberIn(of: ClassValue, name: string): Value | undefined {
  const own = resolved(of.members, name)
  if (own !== undefined) return own
  for (const base of of.bases) {
    const inherited = base instanceof ClassValue ? memberIn(base, name) : undefined
    if (inherited !== undefined) return inherited
  }
  return undefined
}
