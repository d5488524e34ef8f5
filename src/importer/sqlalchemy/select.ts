import { refuse } from '../python/evaluation.ts'
import { ClassValue, List, Term, Tuple, type Value } from '../python/value.ts'
import { columnOf, expressionPiece, type Writing } from './expression.ts'
import { concat, join, type Piece, raw } from './piece.ts'
import { quoted, quotedTable } from './quote.ts'
import { columnNamesOf, type TableTerm, tableOf } from './table.ts'
import { type Called, calledOf, nameOf } from './term.ts'

/** A SELECT as it is put together, method by method. */
type Query = {
  columns: Value[]
  from: Value[]
  joins: Piece[]
  /** What joins bring in, which FROM does not. */
  readonly joined: Set<string>
  where: Value[]
  groupBy: Value[]
  having: Value[]
  orderBy: Value[]
  limit: Value
  offset: Value
  distinct: boolean
  lock: string
}

/** A `select(…)` with its methods; null for any other call. */
export function selectPiece(called: Called, writing: Writing): Piece | null {
  const union = unionPiece(called, writing)
  if (union !== null) return union
  const query = queryOf(called, writing)
  if (query === null) return null
  const piece = queryPiece(query, writing)
  return parenthesised.has(called.name) ? concat('(', piece, ')') : piece
}

/** Methods that make a value of a query. */
const parenthesised = new Set(['scalar_subquery', 'as_scalar', 'subquery', 'label', 'alias'])

/** Whether a value is a query that stands in parentheses among others. */
export function isBareQuery(value: Value): boolean {
  const called = calledOf(value)
  return called !== null && !parenthesised.has(called.name) && queryOf(called, {}) !== null
}

/** What a query gives to each of its rows; null for what is none. */
export function selectedThings(value: Value): readonly Value[] | null {
  const called = calledOf(value)
  return called === null ? null : (queryOf(called, {})?.columns ?? null)
}

/** The names under which a query gives its columns; null where they are not known. */
export function selectedNames(value: Value): readonly string[] | null {
  const called = calledOf(value)
  const query = called === null ? null : queryOf(called, {})
  if (query === null) return null
  const names = query.columns.flatMap((column): readonly (string | null)[] => {
    const table = tableOf(column)
    if (table !== null) return columnNamesOf(table).length === 0 ? [null] : columnNamesOf(table)
    return [nameIn(column)]
  })
  return names.includes(null) ? null : (names as string[])
}

function nameIn(column: Value): string | null {
  const called = calledOf(column)
  if (called?.name === 'label') return String(called.positional[0])
  if (called?.name.startsWith('sa.func.') === true) return called.name.split('.').at(-1) ?? null
  return columnOf(column)?.name ?? null
}

function queryOf(called: Called, writing: Writing): Query | null {
  if (called.name === 'sa.select') return newQuery(selected(called), called.named.get('whereclause'))
  if (called.of === null) return null
  const holder = calledOf(called.of)
  if (called.name === 'select' && holder !== null && tableOf(called.of) !== null)
    return newQuery([called.of], called.positional[0])
  if (called.name === 'select' && called.of.form.is === 'attribute') return null
  const query = holder === null ? null : queryOf(holder, writing)
  if (query === null) return null
  refine(query, called, writing)
  return query
}

/** `select([a, b])` of before SQLAlchemy 1.4, or `select(a, b)`. */
function selected({ positional, named }: Called): readonly Value[] {
  const [first, second] = positional
  if (first instanceof List || first instanceof Tuple) {
    if (second !== undefined) return refuse('a select with its condition as an argument')
    return first.items
  }
  const columns = named.get('columns')
  return columns instanceof List ? columns.items : positional
}

function newQuery(columns: readonly Value[], where: Value | undefined): Query {
  return {
    columns: [...columns],
    from: [],
    joins: [],
    joined: new Set(),
    where: where === undefined || where === null ? [] : [where],
    groupBy: [],
    having: [],
    orderBy: [],
    limit: null,
    offset: null,
    distinct: false,
    lock: '',
  }
}

function refine(query: Query, { name, positional, named }: Called, writing: Writing): void {
  const [first = null] = positional
  if (name === 'where' || name === 'filter') query.where.push(...positional)
  else if (name === 'select_from') query.from.push(...positional)
  else if (name === 'order_by') query.orderBy.push(...positional)
  else if (name === 'group_by') query.groupBy.push(...positional)
  else if (name === 'having') query.having.push(...positional)
  else if (name === 'limit') query.limit = first
  else if (name === 'offset') query.offset = first
  else if (name === 'distinct') {
    if (positional.length > 0) refuse('DISTINCT ON')
    query.distinct = true
  } else if (name === 'with_for_update') query.lock = ' FOR UPDATE'
  else if (name === 'with_only_columns')
    query.columns = first instanceof List ? [...first.items] : [...positional]
  else if (name === 'join' || name === 'outerjoin') {
    const [, on = named.get('onclause') ?? null] = positional
    if (on === null || named.get('full') === true) refuse('a join that does not say its condition')
    const joined = tableOf(first)
    if (joined !== null) query.joined.add(aliasOf(joined))
    const outer = name === 'outerjoin' || named.get('isouter') === true
    query.joins.push(
      concat(` ${outer ? 'LEFT OUTER ' : ''}JOIN `, tablePiece(first), ' ON ', expressionPiece(on, writing)),
    )
  } else if (
    ![
      'alias',
      'subquery',
      'scalar_subquery',
      'as_scalar',
      'correlate',
      'execution_options',
      'label',
    ].includes(name)
  )
    refuse(`the method ${name} of a select is not known here`)
}

function queryPiece(query: Query, outer: Writing): Piece {
  const { pieces: from, names } = fromOf(query, outer)
  const writing: Writing = { ...outer, around: new Set([...(outer.around ?? []), ...names, ...query.joined]) }
  const part = (word: string, values: readonly Value[], separator: string) =>
    values.length === 0
      ? []
      : [
          ` ${word} `,
          join(
            values.map((value) => wherePart(value, writing, values.length)),
            separator,
          ),
        ]
  return concat(
    query.distinct ? 'SELECT DISTINCT ' : 'SELECT ',
    join(
      query.columns.flatMap((column) => columnPieces(column, writing)),
      ', ',
    ),
    ...(from.length === 0 ? [] : [' FROM ', join(from, ', ')]),
    ...query.joins,
    ...part('WHERE', query.where, ' AND '),
    ...part('GROUP BY', query.groupBy, ', '),
    ...part('HAVING', query.having, ' AND '),
    ...part('ORDER BY', query.orderBy, ', '),
    ...(query.limit === null ? [] : [' LIMIT ', expressionPiece(query.limit, writing)]),
    ...(query.offset === null ? [] : [' OFFSET ', expressionPiece(query.offset, writing)]),
    query.lock,
  )
}

function wherePart(value: Value, writing: Writing, of: number): Piece {
  const piece = expressionPiece(value, writing)
  const isOr =
    calledOf(value)?.name === 'sa.or_' ||
    (value instanceof Term && value.form.is === 'operation' && value.form.operator === 'BitOr')
  return of > 1 && isOr ? concat('(', piece, ')') : piece
}

function columnPieces(column: Value, writing: Writing): readonly Piece[] {
  const table = tableOf(column)
  if (table !== null) {
    const names = columnNamesOf(table)
    return names.length === 0
      ? [raw(`${aliasOf(table)}.*`)]
      : names.map((name) => raw(`${aliasOf(table)}.${quoted(name)}`))
  }
  const called = calledOf(column)
  if (called?.name === 'label' && called.of !== null)
    return [concat(expressionPiece(called.of, writing), ` AS ${quoted(String(called.positional[0]))}`)]
  if (typeof column === 'string') return [raw(column)]
  return [expressionPiece(column, writing)]
}

export function aliasOf(table: TableTerm): string {
  return table.alias === undefined ? quotedTable(table) : quoted(table.alias)
}

/** What stands after FROM; of a query within another, without the tables that are the other's, where some are left. */
function fromOf(
  query: Query,
  writing: Writing,
): { readonly pieces: readonly Piece[]; readonly names: readonly string[] } {
  if (query.from.length > 0)
    return {
      pieces: query.from.map((value) => fromPiece(value, writing)),
      names: query.from.flatMap(tablesIn).map(aliasOf),
    }
  const tables = new Map<string, TableTerm>()
  for (const value of [...query.columns, ...query.where, ...query.orderBy])
    for (const table of tablesIn(value)) tables.set(aliasOf(table), table)
  const all = [...tables].filter(([name]) => !query.joined.has(name))
  const own = all.filter(([name]) => writing.around?.has(name) !== true)
  const left = own.length > 0 || query.joined.size > 0 ? own : all
  return { pieces: left.map(([, table]) => raw(tableText(table))), names: left.map(([name]) => name) }
}

/** A table, or a join of tables, after FROM. */
export function fromPiece(value: Value, writing: Writing): Piece {
  const called = calledOf(value)
  if (called !== null && (called.name === 'join' || called.name === 'outerjoin') && called.of !== null) {
    const [right = null, on = called.named.get('onclause') ?? null] = called.positional
    if (on === null || called.named.get('full') === true) refuse('a join that does not say its condition')
    const word =
      called.name === 'outerjoin' || called.named.get('isouter') === true ? ' LEFT OUTER JOIN ' : ' JOIN '
    return concat(
      fromPiece(called.of, writing),
      word,
      tablePiece(right),
      ' ON ',
      expressionPiece(on, writing),
    )
  }
  return tablePiece(value)
}

function tablePiece(value: Value): Piece {
  const table = tableOf(value)
  if (table !== null) return raw(tableText(table))
  const called = calledOf(value)
  if (called?.name === 'sa.text') return raw(String(called.positional[0]))
  return refuse('what a query reads from is not known here')
}

function tableText(table: TableTerm): string {
  return table.alias === undefined ? quotedTable(table) : `${quotedTable(table)} AS ${quoted(table.alias)}`
}

/** The tables whose columns an expression names; those of a query within are its own. */
export function tablesIn(value: Value): readonly TableTerm[] {
  if (value instanceof ClassValue) return [tableOf(value)].flatMap((table) => table ?? [])
  if (value instanceof List || value instanceof Tuple) return value.items.flatMap(tablesIn)
  if (!(value instanceof Term)) return []
  const own = columnOf(value)?.table ?? tableOf(value)
  if (own !== null && own !== undefined) return [own]
  const { form } = value
  if (form.is === 'operation') return form.operands.flatMap(tablesIn)
  if (form.is === 'attribute' || form.is === 'item') return tablesIn(form.of)
  if (form.is !== 'call' || isQuery(value)) return []
  const holder =
    form.callee.form.is === 'attribute' || form.callee.form.is === 'call' ? tablesIn(form.callee) : []
  return [...holder, ...form.positional.flatMap(tablesIn), ...[...form.named.values()].flatMap(tablesIn)]
}

/** Whether a call is a query, or what its methods make of one. */
function isQuery({ form }: Term): boolean {
  if (form.is === 'attribute') return isQuery(form.of)
  if (form.is !== 'call') return false
  const name = nameOf(form.callee)
  return name === null
    ? isQuery(form.callee)
    : ['sa.select', 'sa.exists', 'sa.union', 'sa.union_all'].includes(name)
}

function unionPiece({ name, positional, of }: Called, writing: Writing): Piece | null {
  const words: { readonly [name: string]: string } = {
    union: 'UNION',
    union_all: 'UNION ALL',
    intersect: 'INTERSECT',
    except_: 'EXCEPT',
  }
  const word = words[name.replace(/^sa\./, '')]
  if (word === undefined) return null
  const parts = of === null ? positional : [of, ...positional]
  return join(
    parts.map((part) => expressionPiece(part, writing)),
    ` ${word} `,
  )
}
