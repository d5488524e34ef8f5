import { codeOf, operandCode } from './code.ts'
import { type Evaluation, freshName, refuse, say } from './evaluation.ts'
import { derived } from './operators.ts'
import { memberCode, valueOfRow } from './scope.ts'
import { type Arguments, Native, type Query, Residual, type Sort, type Value } from './value.ts'

type Method = (of: Residual, given: Arguments, evaluation: Evaluation) => Value

/** A member of what only the run knows: Python's method in TypeScript, or a column of a row. */
export function residualMember(of: Residual, name: string, evaluation: Evaluation): Value | undefined {
  if (of.sort === 'rows' && name === 'rowcount') return rowCount(of)
  if (of.sort === 'row' && of.entity !== null) return of.entity.attribute(of, name, evaluation)
  const methods = methodsOf[of.sort]
  const method = methods !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined
  if (method !== undefined) return new Native(name, (given) => method(of, given, evaluation))
  if (of.sort === 'row') return rowMember(of, name)
  if (of.sort !== 'unknown' && of.sort !== 'json') return undefined
  const guess = Object.hasOwn(ofUnknown, name) ? ofUnknown[name] : undefined
  return guess === undefined ? undefined : new Native(name, (given) => guess(of, given, evaluation))
}

/** How many rows a change of them was about. */
function rowCount(rows: Residual): Residual {
  if (!rows.countable) refuse('how many rows SQL is about that the run puts together')
  const isCounted = rows.columns?.[0] === 'rowcount'
  return simple(isCounted ? `${rows.code}[0].rowcount` : `${operandCode(rows)}.length`, 'number', rows)
}

function rowMember(row: Residual, name: string): Value {
  if (name === '_mapping' || name === '_asdict')
    return name === '_mapping' ? row : new Native(name, () => row)
  return valueOfRow(row, name)
}

const rowsMethods: { readonly [name: string]: Method } = {
  fetchall: (rows) => left(rows),
  all: (rows) => left(rows),
  mappings: (rows) => rows,
  unique: (rows) => rows,
  close: () => null,
  fetchone: (rows, _, evaluation) => next(rows, evaluation),
  fetchmany: (rows, { positional: [size = null], named }, evaluation) => {
    const count = size ?? named.get('size') ?? null
    if (count === null) return refuse('fetchmany without a size')
    return taken(rows, { count, sort: 'rows' }, evaluation)
  },
  first: (rows) => first(rows),
  one: (rows) => first(rows),
  one_or_none: (rows) => first(rows),
  scalar: (rows) => scalar(rows),
  scalar_one: (rows) => scalar(rows),
  scalar_one_or_none: (rows) => scalar(rows),
  scalars: (rows) => {
    if (rows.entity !== null) return rows.entity.scalars(rows)
    const name = rows.columns?.[0]
    const item = name === undefined ? 'Object.values<any>(row)[0]' : memberCode('row', name)
    return new Residual(`${operandCode(rows)}.map((row: any) => ${item})`, {
      sort: 'list',
      queries: rows.queries,
      simple: true,
    })
  },
}

const listMethods: { readonly [name: string]: Method } = {
  append: (list, { positional: [item = null] }, evaluation) =>
    effect(list, `push(${codeOf(item)})`, evaluation),
  extend: (list, { positional: [more = null] }, evaluation) =>
    effect(list, `push(...${operandCode(more)})`, evaluation),
  all: (list) => list,
  fetchall: (list) => list,
  unique: (list) => list,
  first: (list) =>
    new Residual(`${operandCode(list)}[0]`, {
      sort: list.items,
      columns: list.columns,
      entity: list.entity,
      queries: list.queries,
      simple: true,
    }),
  count: (list) => derived(`${operandCode(list)}.length`, 'number', list),
  add: (list, { positional: [item = null] }, evaluation) => {
    const code = codeOf(item)
    say(evaluation, {
      say: 'code',
      text: `if (!${operandCode(list)}.includes(${code})) ${codeOf(list)}.push(${code})`,
    })
    return null
  },
  keys: (list) => list,
}

const dictMethods: { readonly [name: string]: Method } = {
  items: (dict) => entriesOf(dict),
  keys: (dict) =>
    new Residual(`Object.keys(${codeOf(dict)})`, {
      sort: 'list',
      items: 'text',
      queries: dict.queries,
      simple: true,
    }),
  values: (dict) =>
    new Residual(`Object.values<any>(${codeOf(dict)})`, {
      sort: 'list',
      queries: dict.queries,
      simple: true,
    }),
  get: (dict, { positional: [key = null, other = null] }) => {
    const item =
      typeof key === 'string' ? memberCode(operandCode(dict), key) : `${operandCode(dict)}[${codeOf(key)}]`
    return derived(other === null ? item : `${item} ?? ${codeOf(other)}`, 'unknown', dict, key, other)
  },
}

const textMethods: { readonly [name: string]: Method } = {
  upper: (text) => simple(`${operandCode(text)}.toUpperCase()`, 'text', text),
  lower: (text) => simple(`${operandCode(text)}.toLowerCase()`, 'text', text),
  strip: (text, given) => {
    if (given.positional.length > 0) return refuse('strip with characters, of what only the run knows')
    return simple(`${operandCode(text)}.trim()`, 'text', text)
  },
  startswith: (text, { positional: [start = ''] }) =>
    simple(`${operandCode(text)}.startsWith(${codeOf(start)})`, 'boolean', text, start),
  endswith: (text, { positional: [end = ''] }) =>
    simple(`${operandCode(text)}.endsWith(${codeOf(end)})`, 'boolean', text, end),
  replace: (text, { positional: [from = '', to = ''] }) =>
    simple(`${operandCode(text)}.replaceAll(${codeOf(from)}, ${codeOf(to)})`, 'text', text, from, to),
  split: (text, { positional: [mark, count] }) => {
    if (mark === undefined || mark === null || count !== undefined)
      return refuse('this form of split, of what only the run knows')
    return new Residual(`${operandCode(text)}.split(${codeOf(mark)})`, {
      sort: 'list',
      items: 'text',
      queries: text.queries,
      simple: true,
    })
  },
}

const methodsOf: { readonly [Of in Sort]?: { readonly [name: string]: Method } } = {
  rows: rowsMethods,
  list: listMethods,
  dict: dictMethods,
  text: textMethods,
  row: {
    keys: dictMethods['keys'] as Method,
    items: dictMethods['items'] as Method,
    get: dictMethods['get'] as Method,
  },
}

/** What a name can only be a method of. */
const ofUnknown: { readonly [name: string]: Method } = { ...dictMethods, ...textMethods }

/** The rows that are left, as a list. */
function left(rows: Residual): Residual {
  const { cursor } = rows
  if (cursor === null) return rows
  const code = cursor.fetched === 0 ? rows.code : `${operandCode(rows)}.slice(${cursor.fetched})`
  return new Residual(code, { ...rows, queries: rows.queries, cursor: null })
}

/** The next row: which that is, or what takes it out where only the run knows. */
function next(rows: Residual, evaluation: Evaluation): Residual {
  const { cursor } = rows
  if (cursor === null) return first(rows)
  const { loops, depth } = evaluation
  if (loops.length > cursor.loops || (cursor.fetched > 0 && depth !== cursor.depth))
    return taken(rows, { count: 1, sort: 'row' }, evaluation)
  const place = cursor.fetched++
  return new Residual(`${operandCode(rows)}[${place}]`, {
    sort: 'row',
    queries: rows.queries,
    columns: rows.columns,
    entity: rows.entity,
    numbers: rows.numbers,
    simple: true,
  })
}

/** Rows that are taken out of those that are left, under a name of their own. */
function taken(
  rows: Residual,
  { count, sort }: { readonly count: Value; readonly sort: 'row' | 'rows' },
  evaluation: Evaluation,
): Residual {
  const [query, other] = rows.queries
  if (query === undefined || other !== undefined || rows.cursor === null)
    return refuse('rows that are fetched one by one where only the run knows how many')
  query.isTaken = true
  const code = `${rows.code}.splice(${rows.cursor.fetched}, ${codeOf(count)})${sort === 'row' ? '[0]' : ''}`
  const name = freshName(evaluation, sort === 'row' ? 'next' : 'some')
  const kept: Query = { used: false, needs: rows.queries }
  say(evaluation, { say: 'value', name, code, query: kept })
  return new Residual(name, {
    sort,
    columns: rows.columns,
    entity: rows.entity,
    numbers: rows.numbers,
    queries: [kept],
  })
}

function first(rows: Residual): Residual {
  return new Residual(`${operandCode(rows)}[0]`, {
    sort: 'row',
    queries: rows.queries,
    columns: rows.columns,
    entity: rows.entity,
    numbers: rows.numbers,
    simple: true,
  })
}

function scalar(rows: Residual): Residual {
  if (rows.entity !== null) return first(rows.entity.scalars(rows))
  const name = rows.columns?.[0]
  const row = `${operandCode(rows)}[0]`
  if (rows.numbers && name !== undefined)
    return simple(`Number(${memberCode(`${row}?`, name)})`, 'number', rows)
  if (name === undefined) return derived(`Object.values<any>(${row} ?? {})[0]`, 'unknown', rows)
  return simple(memberCode(`${row}?`, name).replace('?[', '?.['), 'unknown', rows)
}

function entriesOf(dict: Residual): Residual {
  return new Residual(`Object.entries(${codeOf(dict)})`, {
    sort: 'list',
    items: 'list',
    queries: dict.queries,
    simple: true,
  })
}

function simple(code: string, sort: Sort, ...of: readonly Value[]): Residual {
  const { queries } = derived(code, sort, ...of)
  return new Residual(code, { sort, queries, simple: true })
}

function effect(of: Residual, call: string, evaluation: Evaluation): Value {
  say(evaluation, { say: 'code', text: `${codeOf(of)}.${call}` })
  return null
}
