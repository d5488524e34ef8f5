import { residualOf } from '../python/code.ts'
import { refuse } from '../python/evaluation.ts'
import { ClassValue, Float, List, PySet, Term, Tuple, type Value } from '../python/value.ts'
import { appliedOperator, calledPiece } from './called-expression.ts'
import { literalPiece } from './literal.ts'
import { concat, join, type Piece, raw } from './piece.ts'
import { quoted, quotedTable } from './quote.ts'
import { isBareQuery, selectPiece } from './select.ts'
import { tableOf } from './table.ts'
import { type Called, calledOf } from './term.ts'
import { boundText, textPiece } from './text.ts'
import type { SqlType } from './types.ts'

/** How names of columns are written. */
export type Writing = {
  /** Columns of tables stand alone, as in an index or a check. */
  readonly bare?: boolean
  /** The parameters that `execute` was given. */
  readonly given?: ReadonlyMap<string, Value>
  /** Tables of the statement around a query, which do not stand in its FROM again. */
  readonly around?: ReadonlySet<string>
  /** What a column's default in Python gives, where that is a function. */
  readonly defaultValue?: (value: Value) => Value
}

/** An expression of Core's as SQLAlchemy's PostgreSQL dialect compiles it. `as`: what a plain value is beside. */
export function expressionPiece(
  value: Value,
  writing: Writing = {},
  as: SqlType['literal'] = undefined,
): Piece {
  if (!(value instanceof Term)) return plainPiece(value, writing, as)
  const { form } = value
  if (form.is === 'operation') return operationPiece(form.operator, form.operands, writing)
  if (form.is === 'attribute' || form.is === 'item') return columnPiece(value, writing)
  if (form.is === 'name') return namedPiece(form.name)
  const called = calledOf(value)
  if (called === null)
    return appliedOperator(value, writing) ?? refuse('an expression that is not known here')
  if (called.name === 'sa.text') {
    const given = writing.given ?? new Map()
    return textPiece(value, given) ?? boundText(String(called.positional[0]), new Map())
  }
  return selectPiece(called, writing) ?? calledPiece(called, writing) ?? literalPiece(value)
}

/** The same as one operand among others. */
export function operandPiece(value: Value, writing: Writing, as: SqlType['literal'] = undefined): Piece {
  const piece = expressionPiece(value, writing, as)
  return isLoose(value) ? concat('(', piece, ')') : piece
}

/** A column of a table, by its attribute or item: `users.c.id`, `User.id`; null for anything else. */
export function columnOf(value: Value | undefined): {
  readonly table: ReturnType<typeof tableOf>
  readonly name: string
  readonly type: SqlType | null
} | null {
  if (!(value instanceof Term)) return null
  const { form } = value
  const holder = form.is === 'attribute' || form.is === 'item' ? form.of : null
  const name = form.is === 'attribute' ? form.name : form.is === 'item' ? form.key : null
  if (holder !== null && typeof name === 'string') {
    const isHolder =
      holder.form.is === 'attribute' && (holder.form.name === 'c' || holder.form.name === 'columns')
    const table = isHolder && holder.form.is === 'attribute' ? tableOf(holder.form.of) : null
    if (table !== null) return { table, name, type: table.types.get(name) ?? null }
  }
  const called = calledOf(value)
  if (called?.name === 'sa.column' || called?.name === 'sa.Column' || called?.name === 'sa.ColumnClause') {
    const [own] = called.positional
    return typeof own === 'string' ? { table: null, name: own, type: null } : null
  }
  return null
}

function plainPiece(value: Value, writing: Writing, as: SqlType['literal']): Piece {
  if (value instanceof ClassValue) {
    const table = tableOf(value)
    if (table !== null) return raw(quotedTable(table))
  }
  if (value instanceof Tuple && value.items.some((item) => item instanceof Term))
    return concat(
      '(',
      join(
        value.items.map((item) => expressionPiece(item, writing)),
        ', ',
      ),
      ')',
    )
  return literalPiece(value, as)
}

function columnPiece(value: Term, { bare }: Writing): Piece {
  const column = columnOf(value)
  if (column === null) {
    const { form } = value
    if (form.is === 'item') return subscriptPiece(form.of, form.key, bare === undefined ? {} : { bare })
    return refuse(
      form.is === 'attribute'
        ? `${form.name} of something of SQLAlchemy's is not known here`
        : 'this is not known here',
    )
  }
  const { table, name } = column
  if (table === null || bare === true) return raw(quoted(name))
  return raw(`${table.alias === undefined ? quotedTable(table) : quoted(table.alias)}.${quoted(name)}`)
}

/** `column['key']` of JSON, `column[1]` of an array. */
function subscriptPiece(of: Term, key: Value, writing: Writing): Piece {
  const column = operandPiece(of, writing)
  if (columnOf(of)?.type?.literal === 'array') return concat(column, '[', literalPiece(key), ']')
  return concat(column, ' -> ', literalPiece(key))
}

function namedPiece(name: string): Piece {
  const constants: { readonly [name: string]: string } = {
    'sa.true': 'true',
    'sa.false': 'false',
    'sa.null': 'NULL',
    'sa.func.now': 'now()',
    'sa.func.current_timestamp': 'CURRENT_TIMESTAMP',
  }
  const text = Object.hasOwn(constants, name) ? constants[name] : undefined
  return raw(text ?? refuse(`${name.replace(/^sa\./, 'sqlalchemy.')} is no expression that is known here`))
}

const signs: { readonly [operator: string]: string } = {
  Eq: '=',
  NotEq: '!=',
  Lt: '<',
  LtE: '<=',
  Gt: '>',
  GtE: '>=',
  Add: '+',
  Sub: '-',
  Mult: '*',
  Div: '/',
  Mod: '%',
  BitAnd: 'AND',
  BitOr: 'OR',
}

function operationPiece(operator: string, operands: readonly Value[], writing: Writing): Piece {
  const [left = null, right = null] = operands
  if (operator === 'Invert') return notPiece(left, writing)
  if (operator === 'USub') return concat('-', operandPiece(left, writing))
  if ((operator === 'Eq' || operator === 'NotEq') && (isNull(left) || isNull(right))) {
    const other = isNull(right) ? left : right
    return concat(operandPiece(other, writing), operator === 'Eq' ? ' IS NULL' : ' IS NOT NULL')
  }
  const sign = operator === 'Add' && (isText(left) || isText(right)) ? '||' : signs[operator]
  if (sign === undefined) return refuse(`the operator ${operator} between expressions of SQL`)
  return concat(
    operandPiece(left, writing, literalOf(right)),
    ` ${sign} `,
    operandPiece(right, writing, literalOf(left)),
  )
}

/** How a plain value beside a column is written. */
export function literalOf(value: Value): SqlType['literal'] {
  return columnOf(value)?.type?.literal
}

/** `NOT …`; SQLAlchemy turns what has a negative of its own. */
export function notPiece(value: Value, writing: Writing): Piece {
  return concat('NOT ', operandPiece(value, writing))
}

function isNull(value: Value): boolean {
  return value === null || calledOf(value)?.name === 'sa.null'
}

function isText(value: Value): boolean {
  if (typeof value === 'string' || residualOf(value)?.sort === 'text') return true
  const type = columnOf(value)?.type?.text ?? ''
  if (/^(varchar|text|char)/.test(type)) return true
  if (value instanceof Term && value.form.is === 'operation' && value.form.operator === 'Add')
    return value.form.operands.some(isText)
  const called = calledOf(value)
  return (
    called !== null &&
    (called.name === 'sa.cast' || called.name === 'cast') &&
    /String|Text|VARCHAR/.test(castType(called))
  )
}

function castType({ positional }: Called): string {
  const last = positional.at(-1)
  return last instanceof Term ? JSON.stringify(last.form) : ''
}

/** Whether an expression stands in parentheses among operators. */
function isLoose(value: Value): boolean {
  if (value instanceof Float || value instanceof List || value instanceof PySet) return false
  if (!(value instanceof Term)) return false
  if (value.form.is === 'operation' || isBareQuery(value)) return true
  const called = calledOf(value)
  if (called === null) return false
  return looseCalls.has(called.name)
}

const looseCalls = new Set([
  'sa.and_',
  'sa.or_',
  'in_',
  'notin_',
  'not_in',
  'like',
  'ilike',
  'is_',
  'isnot',
  'is_not',
  'op',
  'between',
  'contains',
  'startswith',
  'endswith',
])
