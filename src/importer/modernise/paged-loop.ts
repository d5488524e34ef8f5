import { Code } from '../../operations/print.ts'
import type { Node, ParsedStatement } from '../../sql/statements.ts'
import { isSql } from '../../sql/tag.ts'
import { functionCode } from '../print.ts'
import type { Said } from '../python/evaluation.ts'
import { pieces } from './pieces.ts'
import type { Readers } from './rewriting.ts'

export type Block = Extract<Said, { say: 'block' }>
type Query = Extract<Said, { say: 'query' }>

/** A loop that reads a table page after page, and what it does with each. */
export type PagedLoop = {
  readonly schema?: string
  readonly table: string
  /** What it reads of each row. */
  readonly columns: readonly string[]
  readonly where: string | null
  /** What stands for the rows of a page. */
  readonly rows: string
  readonly page: readonly Said[]
  /** What stood before the loop, but for what only counted its pages. */
  readonly before: readonly Said[]
}

/** What a query reads of a table, page by page. */
type Pages = Pick<PagedLoop, 'schema' | 'table' | 'columns' | 'where'>

/** A loop as one that walks a whole table by LIMIT and OFFSET; null for any other, and where it might end earlier. */
export function pagedLoop(block: Block, before: readonly Said[], readers: Readers): PagedLoop | null {
  const [part, ...others] = block.parts
  const queries = part?.body.filter((said) => said.say === 'query' && hasOffset(said, readers)) ?? []
  const [query] = queries
  if (part === undefined || others.length > 0 || queries.length !== 1 || query?.say !== 'query') return null
  const pages = pagesOf(query, readers)
  if (pages === null) return null
  const turn = turnOf(part.body, query)
  const head = headOf(part.open, { query, pages, before }, readers)
  if (head === null) return null
  const counters = [...turn.counters, ...head.names]
  // A remark may name what counts the pages; nobody counts them any more.
  const page = turn.page.filter(
    (said) =>
      !isOne(said, head.carried) &&
      !(said.say === 'comment' && counters.some((name) => mentions(said.text, name))),
  )
  const text = functionCode(page, '').code
  // What the turns share is more than a page, and a page that reads its number is not the same elsewhere.
  const shared = [...variables(before), ...counters].filter((name) => name !== head.rows)
  if (shared.some((name) => mentions(text, name))) return null
  return {
    ...pages,
    rows: head.rows,
    page,
    before: before.filter((said) => ![...counters, head.rows].some((name) => makes(said, name))),
  }
}

/** Whether a query reads a page by OFFSET. */
export function hasOffset(query: Query, readers: Pick<Readers, 'parse'>): boolean {
  return statementOf(query, readers)?.tree.node['limitOffset'] !== undefined
}

/** The query with a parameter for each of its values; null where it is no one statement. */
function statementOf({ directive }: Query, { parse }: Pick<Readers, 'parse'>): ParsedStatement | null {
  const given = 'sql' in directive ? directive.sql : null
  const text = isSql(given)
    ? given.sql.reduce((sofar, part, n) => (n === 0 ? part : `${sofar}$${n}${part}`), '')
    : given instanceof Code
      ? templateWithParameters(given.text)
      : given
  if (typeof text !== 'string' || !/\boffset\b/i.test(text)) return null
  const statements = parse(text)
  return statements.length === 1 ? (statements[0] ?? null) : null
}

function templateWithParameters(code: string): string {
  let place = 0
  return code.slice(1, -1).replace(/\$\{[^}]*\}/g, () => `$${++place}`)
}

/** One table, plain columns of it, and no order but along columns: what a walk along the key reads too. */
function pagesOf(query: Query, readers: Readers): Pages | null {
  const statement = statementOf(query, readers)
  const node = statement?.tree.kind === 'SelectStmt' ? statement.tree.node : null
  if (statement === null || node === null) return null
  const known = ['targetList', 'fromClause', 'whereClause', 'sortClause', 'limitOffset', 'limitCount']
  const others = Object.keys(node).filter(
    (key) => !known.includes(key) && key !== 'limitOption' && key !== 'op',
  )
  const [from, second] = (node['fromClause'] ?? []) as readonly Node[]
  const { relname: table, schemaname: schema, alias } = from?.['RangeVar'] ?? {}
  if (others.length > 0 || second !== undefined || table === undefined || alias !== undefined) return null
  const columns = ((node['targetList'] ?? []) as readonly Node[]).map(({ ResTarget: target }) =>
    target?.name === undefined ? columnName(target?.val) : null,
  )
  const order = (node['sortClause'] ?? []) as readonly Node[]
  const isAlongColumns = order.every(
    ({ SortBy: by }) => columnName(by?.node) !== null && by?.sortby_dir !== 'SORTBY_DESC',
  )
  const where = pieces(statement.text, readers.scan).after('WHERE', 'ORDER', 'LIMIT', 'OFFSET', 'FETCH')
  if (columns.includes(null) || !isAlongColumns || /\$\d/.test(where ?? '')) return null
  return { ...(schema === undefined ? {} : { schema }), table, columns: columns as readonly string[], where }
}

function columnName(value: Node | undefined): string | null {
  return (value?.['ColumnRef']?.fields?.at(-1)?.String?.sval as string | undefined) ?? null
}

/** A turn of the loop, out of what reads the page, counts, and ends the loop at the last. */
function turnOf(body: readonly Said[], query: Query) {
  const rest = body.filter((said) => said !== query)
  const counters = rest.flatMap((said) => counterOf(said) ?? [])
  const page = rest.filter((said) => counterOf(said) === null && !isEnd(said, query.name))
  return { counters, page }
}

/** `offset = offset + 500`. */
function counterOf(said: Said): string | null {
  return said.say === 'code' ? (/^(\w+) = \1 \+ [\w.]+$/.exec(said.text)?.[1] ?? null) : null
}

/** `if (rows.length === 0) { break }`. */
function isEnd(said: Said, rows: string): boolean {
  if (said.say !== 'block' || said.parts.length !== 1) return false
  const [{ open, body }] = said.parts as [Block['parts'][number]]
  const spoken = body.filter(({ say }) => say !== 'comment' && say !== 'blank')
  const [only] = spoken
  return (
    spoken.length === 1 &&
    only?.say === 'code' &&
    only.text === 'break' &&
    new RegExp(`^if \\(!?\\(?${rows}\\.length( (===|<|<=|>) \\d+)?\\)?\\) \\{$`).test(open)
  )
}

type Head = {
  readonly rows: string
  /** Names that are there for the loop alone. */
  readonly names: readonly string[]
  /** What takes the next page into the loop's variable. */
  readonly carried: string | null
}

/** How the loop goes on: for ever, while there are rows, or up to a count of the table's rows. */
function headOf(
  open: string,
  {
    query,
    pages,
    before,
  }: { readonly query: Query; readonly pages: Pages; readonly before: readonly Said[] },
  readers: Readers,
): Head | null {
  if (open === 'while (true) {') return { rows: query.name, names: [], carried: null }
  const rows = /^while \((\w+)\.length > 0\) \{$/.exec(open)?.[1]
  if (rows !== undefined) return carriedHead(rows, { query, pages, before }, readers)
  const counted =
    /^while \((\w+) < .*?(\w+)\[0\]\??\.\w+\)*\) \{$/.exec(open) ??
    /^for \(const (\w+) of range\(0, .*?(\w+)\[0\]\??\.\w+\)*, \d+\)\) \{$/.exec(open)
  const [, counter, count] = counted ?? []
  const counting = before.find((said) => said.say === 'query' && said.name === count)
  if (counter === undefined || counting?.say !== 'query' || !counts(counting, pages, readers)) return null
  return { rows: query.name, names: [counter, counting.name], carried: null }
}

/** The first page is read before the loop, and the next at the end of each turn. */
function carriedHead(
  rows: string,
  {
    query,
    pages,
    before,
  }: { readonly query: Query; readonly pages: Pages; readonly before: readonly Said[] },
  readers: Readers,
): Head | null {
  const first = before.find(
    (said) =>
      said.say === 'query' &&
      before.some((one) => isOne(one, `let ${rows} = ${said.name}`)) &&
      JSON.stringify(pagesOf(said, readers)) === JSON.stringify(pages),
  )
  if (first?.say !== 'query') return null
  return { rows, names: [first.name], carried: `${rows} = ${query.name}` }
}

/** Whether a query counts all rows that the pages hold. */
function counts({ directive }: Query, { schema, table, where }: Pages, { parse, scan }: Readers): boolean {
  const text = 'sql' in directive && typeof directive.sql === 'string' ? directive.sql : ''
  const [statement, second] = parse(text)
  const node = statement?.tree.node ?? {}
  const [from] = (node['fromClause'] ?? []) as readonly Node[]
  const [target] = (node['targetList'] ?? []) as readonly Node[]
  const { relname, schemaname } = from?.['RangeVar'] ?? {}
  const condition = pieces(text, scan).after('WHERE', 'ORDER', 'LIMIT', 'OFFSET')
  return (
    second === undefined &&
    relname === table &&
    schemaname === schema &&
    target?.['ResTarget']?.val?.FuncCall?.funcname?.at(-1)?.String?.sval === 'count' &&
    (condition === null || condition === where)
  )
}

/** Names of variables that are assigned to. */
function variables(said: readonly Said[]): readonly string[] {
  return said.flatMap((one) => (one.say === 'code' ? (/^let (\w+)/.exec(one.text)?.[1] ?? []) : []))
}

function makes(said: Said, name: string): boolean {
  if (said.say === 'query') return said.name === name
  return said.say === 'code' && new RegExp(`^let ${name}\\b`).test(said.text)
}

function isOne(said: Said, text: string | null): boolean {
  return said.say === 'code' && said.text === text
}

/** Whether a text of TypeScript has a name in it. */
export function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(text)
}
