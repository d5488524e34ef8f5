import { refuse } from '../python/evaluation.ts'
import { Dict, List, Term, Tuple, type Value } from '../python/value.ts'
import { columnOf, expressionPiece, type Writing } from './expression.ts'
import { concat, join, type Piece, raw } from './piece.ts'
import { quoted, quotedTable } from './quote.ts'
import { isBareQuery, tablesIn } from './select.ts'
import { type TableTerm, tableOf } from './table.ts'
import { type Called, calledOf } from './term.ts'

type Given = ReadonlyMap<string, Value>

/** An INSERT, UPDATE or DELETE as it is put together, method by method. */
type Change = {
  readonly verb: 'insert' | 'update' | 'delete'
  readonly table: TableTerm
  rows: readonly ReadonlyMap<string, Value>[]
  where: Value[]
  select: { readonly columns: readonly string[]; readonly query: Value } | null
  conflict: Piece | null
  returning: readonly Value[]
}

/** The statement that a value is, with the parameters of `execute` put in; null where it is no change of rows. */
export function changePiece(
  value: Value,
  given: Given,
  defaultValue: Writing['defaultValue'] = (one) => one,
): Piece | null {
  const called = calledOf(value)
  const change = called === null ? null : changeOf(called, { given })
  if (change === null) return null
  const writing: Writing = { given, around: new Set([quotedTable(change.table)]), defaultValue }
  if (change.verb === 'insert') return insertPiece(change, given, writing)
  if (change.verb === 'update') return updatePiece(change, given, writing)
  return concat(
    `DELETE FROM ${quotedTable(change.table)}`,
    ...using(change),
    where(change, writing),
    returning(change, writing),
  )
}

/** The names of the columns that a change returns; null where they are not known. */
export function returnedNames(value: Value): readonly string[] | null {
  const called = calledOf(value)
  const change = called === null ? null : changeOf(called, {})
  if (change === null) return null
  const names = change.returning.map((column) => columnOf(column)?.name ?? null)
  return names.includes(null) ? null : (names as string[])
}

function changeOf(called: Called, writing: Writing): Change | null {
  const plain = /^(?:sa\.|dialects\.postgresql\.)?(insert|update|delete)$/.exec(called.name)?.[1]
  if (plain !== undefined) {
    const target = called.of ?? called.positional[0]
    const table = tableOf(target)
    if (table === null)
      return called.of === null ? refuse('a change of rows of a table that is not known here') : null
    return newChange(plain as Change['verb'], table, called)
  }
  const holder = called.of === null ? null : calledOf(called.of)
  const change = holder === null ? null : changeOf(holder, writing)
  if (change === null) return null
  refine(change, called, writing)
  return change
}

/** `update(table, condition, values)` of before SQLAlchemy 1.4 too. */
function newChange(verb: Change['verb'], table: TableTerm, { positional, named, of }: Called): Change {
  const [first, second] = of === null ? positional.slice(1) : positional
  const condition = verb === 'insert' ? undefined : (first ?? named.get('whereclause'))
  const values = named.get('values') ?? (verb === 'insert' ? first : second)
  return {
    verb,
    table,
    rows: values === undefined || values === null ? [] : rowsOf(values),
    where: condition === undefined || condition === null ? [] : [condition],
    select: null,
    conflict: null,
    returning: [],
  }
}

function refine(change: Change, { name, positional, named }: Called, writing: Writing): void {
  const [first] = positional
  if (name === 'where') change.where.push(...positional)
  else if (name === 'values') {
    const pairs = first === undefined ? [] : rowsOf(first, change.table)
    change.rows = named.size === 0 ? pairs : [new Map([...(pairs[0] ?? []), ...named])]
  } else if (name === 'returning') change.returning = positional
  else if (name === 'from_select') {
    const [columns = null, query = null] = positional
    change.select = { columns: namesOf(columns), query }
  } else if (name === 'on_conflict_do_nothing')
    change.conflict = conflictPiece(named, first, raw('NOTHING'), writing)
  else if (name === 'on_conflict_do_update')
    change.conflict = conflictPiece(
      named,
      first,
      concat('UPDATE SET ', assignments(rowsOf(named.get('set_') ?? null)[0] ?? new Map(), change, writing)),
      writing,
    )
  else if (name !== 'execution_options') refuse(`the method ${name} of a change of rows is not known here`)
}

function conflictPiece(named: Given, first: Value | undefined, action: Piece, writing: Writing): Piece {
  const elements = named.get('index_elements') ?? (first instanceof List ? first : undefined)
  const constraint = named.get('constraint') ?? (typeof first === 'string' ? first : undefined)
  const condition = named.get('where')
  const target =
    constraint !== undefined && constraint !== null
      ? ` ON CONSTRAINT ${quoted(String(constraint))}`
      : elements === undefined
        ? ''
        : ` (${namesOf(elements).map(quoted).join(', ')})`
  return concat(
    ` ON CONFLICT${target} DO `,
    action,
    ...(condition === undefined ? [] : [' WHERE ', expressionPiece(condition, writing)]),
  )
}

function rowsOf(value: Value, table?: TableTerm): readonly ReadonlyMap<string, Value>[] {
  if (value instanceof Dict)
    return [new Map([...value.entries.values()].map(([key, member]) => [keyName(key), member]))]
  if (!(value instanceof List) && !(value instanceof Tuple))
    return refuse('the values of a row are no known dict')
  if (value.items.some((item) => item instanceof Dict))
    return value.items.flatMap((item) => rowsOf(item, table))
  const columns = [...(table?.types.keys() ?? [])]
  return [
    new Map(value.items.map((item, n) => [columns[n] ?? refuse('values without names of columns'), item])),
  ]
}

function keyName(key: Value): string {
  return typeof key === 'string' ? key : (columnOf(key)?.name ?? refuse('a column that is not known here'))
}

function namesOf(value: Value): readonly string[] {
  if (!(value instanceof List) && !(value instanceof Tuple)) return refuse('the columns are no known list')
  return value.items.map(keyName)
}

function insertPiece(change: Change, given: Given, writing: Writing): Piece {
  const table = quotedTable(change.table)
  if (change.select !== null) {
    const { columns, query } = change.select
    return concat(
      `INSERT INTO ${table} (${columns.map(quoted).join(', ')}) `,
      expressionPiece(query, writing),
      change.conflict ?? '',
      returning(change, writing),
    )
  }
  const own = change.rows.length === 0 ? [new Map<string, Value>()] : change.rows
  const rows = own.map((row) => withDefaults(new Map([...row, ...given]), change.table, writing))
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  if (columns.length === 0)
    return concat(`INSERT INTO ${table} DEFAULT VALUES`, change.conflict ?? '', returning(change, writing))
  const values = rows.map((row) =>
    concat(
      '(',
      join(
        columns.map((column) => valuePiece(column, row.get(column) ?? null, change, writing)),
        ', ',
      ),
      ')',
    ),
  )
  return concat(
    `INSERT INTO ${table} (${columns.map((column) => quoted(columnName(column, change.table))).join(', ')}) VALUES `,
    join(values, ', '),
    change.conflict ?? '',
    returning(change, writing),
  )
}

function withDefaults(
  row: ReadonlyMap<string, Value>,
  { defaults, names }: TableTerm,
  writing: Writing,
): ReadonlyMap<string, Value> {
  const given = new Set([...row.keys()].map((name) => names.get(name) ?? name))
  const missing = [...defaults].filter(([column]) => !given.has(column))
  const made = writing.defaultValue ?? ((value) => value)
  return new Map([...row, ...missing.map(([column, value]) => [column, made(value)] as const)])
}

/** What SQLAlchemy sets besides, as an expression; a function of Python's it would call. */
function withOnUpdate(row: ReadonlyMap<string, Value>, table: TableTerm): ReadonlyMap<string, Value> {
  const set = new Set([...row.keys()].map((name) => columnName(name, table)))
  return new Map([...row, ...[...table.onUpdate].filter(([column]) => !set.has(column))])
}

function columnName(name: string, { names }: TableTerm): string {
  return names.get(name) ?? name
}

function updatePiece(change: Change, given: Given, writing: Writing): Piece {
  const bound = boundNames(change.where)
  const own = [...given].filter(([name]) => !bound.has(name))
  const row = withOnUpdate(change.rows[0] ?? new Map(own), change.table)
  return concat(
    `UPDATE ${quotedTable(change.table)} SET `,
    assignments(row, change, writing),
    ...using(change),
    where(change, writing),
    returning(change, writing),
  )
}

function assignments(row: ReadonlyMap<string, Value>, change: Change, writing: Writing): Piece {
  if (row.size === 0) return refuse('an UPDATE without values')
  return join(
    [...row].map(([column, value]) =>
      concat(`${quoted(columnName(column, change.table))} = `, valuePiece(column, value, change, writing)),
    ),
    ', ',
  )
}

function valuePiece(column: string, value: Value, { table }: Change, writing: Writing): Piece {
  const type = table.types.get(columnName(column, table))
  if (value instanceof Term && isBareQuery(value)) return concat('(', expressionPiece(value, writing), ')')
  return expressionPiece(value, writing, type?.literal)
}

/** Other tables that the condition names. */
function using({ verb, table, where: conditions, rows }: Change): readonly Piece[] {
  const others = new Map(
    [...conditions, ...(rows[0]?.values() ?? [])]
      .flatMap(tablesIn)
      .filter((other) => other.name !== table.name || other.schema !== table.schema)
      .map((other) => [quotedTable(other), other]),
  )
  if (others.size === 0) return []
  return [raw(` ${verb === 'delete' ? 'USING' : 'FROM'} ${[...others.keys()].join(', ')}`)]
}

function where({ where: conditions }: Change, writing: Writing): Piece {
  if (conditions.length === 0) return raw('')
  const pieces = conditions.map((condition) => {
    const piece = expressionPiece(condition, writing)
    return conditions.length > 1 ? concat('(', piece, ')') : piece
  })
  return concat(' WHERE ', join(pieces, ' AND '))
}

function returning({ returning: columns }: Change, writing: Writing): Piece {
  if (columns.length === 0) return raw('')
  return concat(
    ' RETURNING ',
    join(
      columns.map((column) => expressionPiece(column, writing)),
      ', ',
    ),
  )
}

/** The names of `bindparam`s in conditions, which are no columns. */
function boundNames(values: readonly Value[]): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (value: Value): void => {
    if (value instanceof List || value instanceof Tuple) value.items.forEach(visit)
    if (!(value instanceof Term)) return
    const { form } = value
    const called = calledOf(value)
    if (called?.name === 'sa.bindparam') names.add(String(called.positional[0]))
    if (form.is === 'operation') form.operands.forEach(visit)
    if (form.is === 'attribute') visit(form.of)
    if (form.is === 'call') [form.callee, ...form.positional].forEach(visit)
  }
  values.forEach(visit)
  return names
}
