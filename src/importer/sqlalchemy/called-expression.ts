import { refuse } from '../python/evaluation.ts'
import { Dict, List, PySet, Term, Tuple, type Value } from '../python/value.ts'
import { columnOf, expressionPiece, literalOf, notPiece, operandPiece, type Writing } from './expression.ts'
import { literalPiece } from './literal.ts'
import { concat, join, type Piece, raw } from './piece.ts'
import { quoted } from './quote.ts'
import { type Called, calledOf } from './term.ts'
import { sqlType } from './types.ts'

type Maker = (called: Called, writing: Writing) => Piece

/** What a function or method of SQLAlchemy's makes of its arguments; null for one that is not of these. */
export function calledPiece(called: Called, writing: Writing): Piece | null {
  if (called.name.startsWith('sa.func.')) return functionPiece(called, writing)
  const makers = called.of === null ? functions : methods
  const maker = Object.hasOwn(makers, called.name) ? makers[called.name] : undefined
  if (maker !== undefined) return maker(called, writing)
  if (called.of !== null && calledOf(called.of) === null && called.of.form.is === 'name') return null
  return called.of === null ? null : refuse(`the method ${called.name} of an expression is not known here`)
}

/** Functions that PostgreSQL writes without parentheses. */
const bareFunctions = new Set([
  'current_date',
  'current_timestamp',
  'current_time',
  'localtime',
  'localtimestamp',
  'current_user',
  'session_user',
])

function functionPiece({ name, positional }: Called, writing: Writing): Piece {
  const words = name.slice('sa.func.'.length).split('.')
  const own = words.at(-1) ?? ''
  if (bareFunctions.has(own.toLowerCase())) return raw(own.toUpperCase())
  if (own === 'count' && positional.length === 0) return raw('count(*)')
  const written = words
    .map((word) => (/^\w+$/.test(word) && word === word.toLowerCase() ? word : quoted(word)))
    .join('.')
  return concat(`${written}(`, list(positional, writing), ')')
}

const functions: { readonly [name: string]: Maker } = {
  'sa.literal_column': ({ positional: [text = null] }) =>
    raw(typeof text === 'string' ? text : refuse('a literal_column that is no known text')),
  'sa.column': ({ positional: [name = null] }) => raw(quoted(String(name))),
  'sa.Column': ({ positional: [name = null] }) => raw(quoted(String(name))),
  'sa.true': () => raw('true'),
  'sa.false': () => raw('false'),
  'sa.null': () => raw('NULL'),
  'sa.literal': ({ positional: [value = null] }) => literalPiece(value),
  'sa.bindparam': ({ positional: [name = null, value], named }, writing) => {
    const given = writing.given?.get(String(name)) ?? value ?? named.get('value')
    return given === undefined
      ? refuse(`the parameter ${String(name)} is given no value`)
      : literalPiece(given)
  },
  'alembic.op.inline_literal': ({ positional: [value = null] }) => literalPiece(value),
  'sa.and_': (called, writing) => logic(called, 'AND', writing),
  'sa.or_': (called, writing) => logic(called, 'OR', writing),
  'sa.not_': ({ positional: [value = null] }, writing) => notPiece(value, writing),
  'sa.cast': ({ positional: [value = null, type] }, writing) =>
    concat('CAST(', expressionPiece(value, writing), ` AS ${sqlType(type).text})`),
  'sa.type_coerce': ({ positional: [value = null] }, writing) => expressionPiece(value, writing),
  'sa.distinct': ({ positional: [value = null] }, writing) =>
    concat('DISTINCT ', expressionPiece(value, writing)),
  'sa.desc': ({ positional: [value = null] }, writing) => concat(expressionPiece(value, writing), ' DESC'),
  'sa.asc': ({ positional: [value = null] }, writing) => concat(expressionPiece(value, writing), ' ASC'),
  'sa.nullslast': ({ positional: [value = null] }, writing) =>
    concat(expressionPiece(value, writing), ' NULLS LAST'),
  'sa.nullsfirst': ({ positional: [value = null] }, writing) =>
    concat(expressionPiece(value, writing), ' NULLS FIRST'),
  'sa.extract': ({ positional: [field = null, value = null] }, writing) =>
    concat(`EXTRACT(${String(field)} FROM `, expressionPiece(value, writing), ')'),
  'sa.exists': ({ positional: [value = null] }, writing) => concat('EXISTS ', subquery(value, writing)),
  'sa.case': (called, writing) => casePiece(called, writing),
  'sa.tuple_': ({ positional }, writing) => concat('(', list(positional, writing), ')'),
  'postgresql.array': ({ positional: [values = null] }, writing) =>
    concat('ARRAY[', list(itemsOf(values), writing), ']'),
  'dialects.postgresql.array': ({ positional: [values = null] }, writing) =>
    concat('ARRAY[', list(itemsOf(values), writing), ']'),
  'sa.Sequence': ({ positional: [name = null] }) => raw(quoted(String(name))),
}

const methods: { readonly [name: string]: Maker } = {
  label: (called, writing) => expressionPiece(of(called), writing),
  self_group: (called, writing) => expressionPiece(of(called), writing),
  cast: (called, writing) =>
    concat('CAST(', expressionPiece(of(called), writing), ` AS ${sqlType(called.positional[0]).text})`),
  is_: (called, writing) => infix(called, 'IS', writing),
  isnot: (called, writing) => infix(called, 'IS NOT', writing),
  is_not: (called, writing) => infix(called, 'IS NOT', writing),
  is_distinct_from: (called, writing) => infix(called, 'IS DISTINCT FROM', writing),
  isnot_distinct_from: (called, writing) => infix(called, 'IS NOT DISTINCT FROM', writing),
  like: (called, writing) => infix(called, 'LIKE', writing),
  notlike: (called, writing) => infix(called, 'NOT LIKE', writing),
  not_like: (called, writing) => infix(called, 'NOT LIKE', writing),
  ilike: (called, writing) => infix(called, 'ILIKE', writing),
  notilike: (called, writing) => infix(called, 'NOT ILIKE', writing),
  concat: (called, writing) => infix(called, '||', writing),
  in_: (called, writing) => membership(called, true, writing),
  notin_: (called, writing) => membership(called, false, writing),
  not_in: (called, writing) => membership(called, false, writing),
  between: (called, writing) => {
    const [low = null, high = null] = called.positional
    return concat(
      operandPiece(of(called), writing),
      ' BETWEEN ',
      operandPiece(low, writing),
      ' AND ',
      operandPiece(high, writing),
    )
  },
  startswith: (called, writing) => pattern(called, '', " || '%'", writing),
  endswith: (called, writing) => pattern(called, "'%' || ", '', writing),
  contains: (called, writing) => {
    const literal = literalOf(of(called))
    if (literal === undefined) return pattern(called, "'%' || ", " || '%'", writing)
    return concat(
      operandPiece(of(called), writing),
      ' @> ',
      literalPiece(called.positional[0] ?? null, literal),
    )
  },
  has_key: (called, writing) => infix(called, '?', writing),
  desc: (called, writing) => concat(expressionPiece(of(called), writing), ' DESC'),
  asc: (called, writing) => concat(expressionPiece(of(called), writing), ' ASC'),
  nullslast: (called, writing) => concat(expressionPiece(of(called), writing), ' NULLS LAST'),
  nulls_last: (called, writing) => concat(expressionPiece(of(called), writing), ' NULLS LAST'),
  distinct: (called, writing) => concat('DISTINCT ', expressionPiece(of(called), writing)),
  any_: (called, writing) => concat('ANY (', expressionPiece(of(called), writing), ')'),
  collate: (called, writing) =>
    concat(operandPiece(of(called), writing), ` COLLATE ${quoted(String(called.positional[0]))}`),
  next_value: (called) => {
    const sequence = calledOf(of(called))
    return raw(`nextval('${quoted(String(sequence?.positional[0] ?? ''))}')`)
  },
}

/** An operator of one's own, applied: the callee is itself a call. */
export function appliedOperator(value: Value, writing: Writing): Piece | null {
  if (!(value instanceof Term) || value.form.is !== 'call') return null
  const operator = calledOf(value.form.callee)
  const [sign] = operator?.positional ?? []
  if (operator?.name !== 'op' || operator.of === null || typeof sign !== 'string') return null
  const [right = null] = value.form.positional
  return concat(operandPiece(operator.of, writing), ` ${sign} `, operandPiece(right, writing))
}

function of({ of: holder }: Called): Term {
  return holder ?? refuse('a method of nothing')
}

function list(values: readonly Value[], writing: Writing): Piece {
  return join(
    values.map((value) => expressionPiece(value, writing)),
    ', ',
  )
}

function logic({ positional }: Called, word: 'AND' | 'OR', writing: Writing): Piece {
  if (positional.length === 1) return expressionPiece(positional[0] ?? null, writing)
  return join(
    positional.map((part) => operandPiece(part, writing)),
    ` ${word} `,
  )
}

function infix(called: Called, word: string, writing: Writing): Piece {
  const [right = null] = called.positional
  return concat(operandPiece(of(called), writing), ` ${word} `, operandPiece(right, writing))
}

function pattern(called: Called, before: string, after: string, writing: Writing): Piece {
  const [part = null] = called.positional
  return concat(operandPiece(of(called), writing), ` LIKE ${before}`, operandPiece(part, writing), after)
}

function membership(called: Called, within: boolean, writing: Writing): Piece {
  const [values = null] = called.positional
  const word = within ? ' IN ' : ' NOT IN '
  if (values instanceof Term)
    return concat(operandPiece(of(called), writing), word, subquery(values, writing))
  if (!(values instanceof List) && !(values instanceof Tuple) && !(values instanceof PySet)) {
    // A list that only the run knows travels as one array.
    return concat(
      operandPiece(of(called), writing),
      within ? ' = ANY(' : ' != ALL(',
      literalPiece(values),
      ')',
    )
  }
  const items = itemsOf(values)
  if (items.length === 0) return raw(within ? '1 != 1' : '1 = 1')
  const literal = columnOf(of(called))?.type?.literal
  const pieces = items.map((item) => expressionPiece(item, writing, literal))
  return concat(operandPiece(of(called), writing), word, '(', join(pieces, ', '), ')')
}

/** A query in parentheses. */
export function subquery(value: Value, writing: Writing): Piece {
  return concat('(', expressionPiece(value, writing), ')')
}

function itemsOf(value: Value): readonly Value[] {
  if (value instanceof List || value instanceof Tuple) return value.items
  return value instanceof PySet ? [...value.entries.values()] : refuse('a list that is not known here')
}

/** `case((condition, value), …, else_=…)`, with the list of before SQLAlchemy 1.4 too. */
function casePiece({ positional, named }: Called, writing: Writing): Piece {
  const [first] = positional
  const whens = first instanceof List ? first.items : first instanceof Dict ? [] : positional
  const subject = named.get('value')
  const pairs = first instanceof Dict ? [...first.entries.values()] : whens.map(pairOf)
  const parts = pairs.map(([when, then]) =>
    concat('WHEN ', operandPiece(when, writing), ' THEN ', operandPiece(then, writing)),
  )
  const other = named.get('else_') ?? null
  return concat(
    'CASE ',
    ...(subject === undefined ? [] : [operandPiece(subject, writing), ' ']),
    join(parts, ' '),
    ...(other === null ? [] : [' ELSE ', operandPiece(other, writing)]),
    ' END',
  )
}

function pairOf(value: Value): readonly [Value, Value] {
  const [when = null, then = null] = itemsOf(value)
  return [when, then]
}
