import { quoteLiteral } from '../../sql/literal.ts'
import { residualOf } from '../python/code.ts'
import { refuse } from '../python/evaluation.ts'
import { isEnum } from '../python/instantiate.ts'
import { floatText } from '../python/text.ts'
import {
  Dict,
  Float,
  Instance,
  List,
  Native,
  PySet,
  Residual,
  Term,
  Tuple,
  type Value,
} from '../python/value.ts'
import { jsonText } from './json.ts'
import { concat, join, type Piece, parameter, raw } from './piece.ts'
import { calledOf, nameOf } from './term.ts'
import type { Literal } from './types.ts'

/** A value as psycopg writes it into a statement; one that only the run knows as a parameter. */
export function literalPiece(value: Value, as?: Literal): Piece {
  const residual = residualOf(value)
  if (as === 'own' && value !== null && !(value instanceof Term))
    return refuse('a value that the type of its column makes another of, in Python')
  if (residual !== null) {
    // A list would travel as an array of PostgreSQL's, and None as NULL.
    return parameter(as === 'json' ? new Residual(`op.json(${residual.code})`, residual) : residual)
  }
  // SQLAlchemy writes None into a column of JSON as JSON's null.
  if (as === 'json' && !(value instanceof Term)) return raw(quoteLiteral(jsonText(value)))
  if (value === null) return raw('NULL')
  if (typeof value === 'boolean') return raw(value ? 'true' : 'false')
  if (typeof value === 'string') return raw(quoteLiteral(value))
  if (typeof value === 'number' || typeof value === 'bigint') return raw(signed(String(value)))
  if (value instanceof Float) return raw(signed(floatLiteral(value.value)))
  if (value instanceof List) return arrayPiece(value.items)
  if (value instanceof Tuple || value instanceof PySet) {
    const items = value instanceof Tuple ? value.items : [...value.entries.values()]
    return concat(
      '(',
      join(
        items.map((item) => literalPiece(item)),
        ', ',
      ),
      ')',
    )
  }
  if (value instanceof Uint8Array) return raw(`'\\x${Buffer.from(value).toString('hex')}'::bytea`)
  if (value instanceof Instance && isEnum(value.of)) return literalPiece(enumLiteral(value, as))
  if (value instanceof Dict) return refuse('psycopg takes no dict as a value, unless its column is JSON')
  return termLiteral(value)
}

function arrayPiece(items: readonly Value[]): Piece {
  if (items.length === 0) return raw("'{}'")
  return concat(
    'ARRAY[',
    join(
      items.map((item) => literalPiece(item)),
      ', ',
    ),
    ']',
  )
}

/** What a member of an enum is in a column: its name, or, as a text or number that it is too, its value. */
export function enumLiteral(member: Instance, as: Literal | undefined): Value {
  if (as === 'enumName') return member.fields.get('name') ?? null
  const isPlain = member.of.bases.some(
    (base) => base instanceof Native || (/Enum$/.test(nameOf(base) ?? '') && nameOf(base) !== 'enum.Enum'),
  )
  if (as === 'enumValue' || isPlain) return member.fields.get('value') ?? null
  return refuse(`psycopg takes no ${member.of.name} as a value`)
}

function signed(text: string): string {
  return text.startsWith('-') ? ` ${text}`.trimStart() : text
}

function floatLiteral(value: number): string {
  return Number.isFinite(value)
    ? floatText(value)
    : `'${Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'}'::float`
}

/** Dates, decimals and identifiers, as they are made of literals. */
function termLiteral(value: Value): Piece {
  const called = calledOf(value)
  if (called === null) return refuse('a value of this kind cannot be put into a statement')
  const [first, ...rest] = called.positional
  if (called.name === 'decimal.Decimal' && (typeof first === 'string' || typeof first === 'number'))
    return raw(String(first))
  if (called.name === 'uuid.UUID' && typeof first === 'string') return raw(quoteLiteral(first))
  if (called.name === 'datetime.date') return raw(`${quoteLiteral(dateText([first ?? null, ...rest]))}::date`)
  if (called.name === 'datetime.datetime' && called.named.size === 0)
    return raw(`${quoteLiteral(momentText([first ?? null, ...rest]))}::timestamp`)
  return refuse(`a value that ${called.name} makes cannot be put into a statement here`)
}

function dateText(parts: readonly Value[]): string {
  const [year, month, day] = parts.map((part) =>
    typeof part === 'number' ? part : refuse('a date that is not known'),
  )
  return [String(year).padStart(4, '0'), pad(month), pad(day)].join('-')
}

function momentText(parts: readonly Value[]): string {
  const [hour = 0, minute = 0, second = 0, micro = 0] = parts.slice(3).map(Number)
  const fraction = micro === 0 ? '' : `.${String(micro).padStart(6, '0')}`
  return `${dateText(parts.slice(0, 3))}T${pad(hour)}:${pad(minute)}:${pad(second)}${fraction}`
}

function pad(number: number | undefined): string {
  return String(number ?? 0).padStart(2, '0')
}
