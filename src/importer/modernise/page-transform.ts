import type { Directive } from '../../operations/operation.ts'
import { Code, printValue } from '../../operations/print.ts'
import type { Node, ParsedStatement } from '../../sql/statements.ts'
import { isSql, type Sql } from '../../sql/tag.ts'
import type { Said } from '../python/evaluation.ts'
import { type NewTable, newTable } from './new-table.ts'
import type { PagedLoop } from './paged-loop.ts'
import type { Readers } from './rewriting.ts'

/** What makes rows of a new table of each row, as the fields of a backfill. */
export type Transformation = {
  readonly into: { readonly schema?: string; readonly table: string; readonly columns: readonly string[] }
  readonly onConflict: 'fail' | 'skip'
  readonly row: string
  readonly body: readonly Said[]
}

type Insert = Omit<Transformation, 'row' | 'body'> & { readonly rows: readonly string[] }

/** A page of which each row only becomes rows of one table that the same revision has made; null for any other. */
export function transformation(
  { page, rows }: PagedLoop,
  made: readonly Directive[],
  readers: Readers,
): Transformation | null {
  const spoken = page.filter(({ say }) => say !== 'comment' && say !== 'blank')
  const [loop] = spoken
  if (spoken.length !== 1 || loop?.say !== 'block' || loop.parts.length !== 1) return null
  const [part] = loop.parts
  const row = new RegExp(`^for \\(const (\\w+) of ${rows}\\) \\{$`).exec(part?.open ?? '')?.[1]
  if (part === undefined || row === undefined) return null
  const found: Insert[] = []
  const body = withRows(part.body, (directive) => {
    const insert = insertOf(directive, made, readers)
    if (insert !== null) found.push(insert)
    return insert?.rows ?? null
  })
  const [first] = found
  if (body === null || first === undefined) return null
  const { rows: _, ...fields } = first
  const isAlike = found.every(({ rows: _, ...other }) => JSON.stringify(other) === JSON.stringify(fields))
  return isAlike ? { ...fields, row, body } : null
}

/** The same with each INSERT as rows that are collected; null where something else is done. */
function withRows(
  said: readonly Said[],
  rowsOf: (directive: Directive) => readonly string[] | null,
): readonly Said[] | null {
  const result: Said[] = []
  for (const one of said) {
    if (one.say === 'query' && one.query.used) return null
    if (one.say === 'missing' || (one.say === 'code' && /\bop\.(?!json\b)/.test(one.text))) return null
    if (one.say === 'directive' || one.say === 'query') {
      const rows = rowsOf(one.directive)
      if (rows === null) return null
      result.push({ say: 'code', text: `made.push(${rows.join(', ')})` })
    } else if (one.say === 'block') {
      const parts = one.parts.map(({ open, body }) => ({ open, body: withRows(body, rowsOf) }))
      if (parts.some(({ open, body }) => body === null || /\bawait\b/.test(open))) return null
      result.push({ ...one, parts: parts.map(({ open, body }) => ({ open, body: body ?? [] })) })
    } else result.push(one)
  }
  return result
}

/** An INSERT of plain values into a table of which all keys are known. */
function insertOf(directive: Directive, made: readonly Directive[], { parse }: Readers): Insert | null {
  const sql = directive.kind === 'execute' && 'sql' in directive ? directive.sql : null
  if (typeof sql !== 'string' && !isSql(sql)) return null
  const piece: Sql = typeof sql === 'string' ? { sql: [sql], values: [] } : sql
  const text = piece.sql.reduce((sofar, one, n) => (n === 0 ? one : `${sofar}$${n}${one}`), '')
  const [statement, second] = parse(text)
  if (statement?.tree.kind !== 'InsertStmt' || second !== undefined) return null
  const { relname: table, schemaname: schema } = statement.tree.node['relation'] ?? {}
  const target = newTable({ schema, table }, made)
  const columns = columnsOf(statement)
  if (target === null || columns === null || columns.some((name) => isJson(name, target))) return null
  const rows = rowsOf(statement, columns, piece)
  const onConflict = conflictOf(statement, columns, target)
  if (rows === null || onConflict === null) return null
  return { into: { ...(schema === undefined ? {} : { schema }), table, columns }, onConflict, rows }
}

/** A text is sent to a column of JSON as a text of JSON's, and not as JSON. */
function isJson(column: string, { types }: NewTable): boolean {
  const type = types.get(column)
  return type === undefined || type === '' || /^jsonb?\b/i.test(type)
}

function columnsOf({ tree: { node } }: ParsedStatement): readonly string[] | null {
  const names = ((node['cols'] ?? []) as readonly Node[]).map(({ ResTarget: target }) => target?.name)
  const plain = ['relation', 'cols', 'selectStmt', 'onConflictClause', 'override']
  if (names.length === 0 || Object.keys(node).some((key) => !plain.includes(key))) return null
  return names
}

function rowsOf({ tree: { node } }: ParsedStatement, columns: readonly string[], { values }: Sql) {
  const lists = (node['selectStmt']?.SelectStmt?.valuesLists ?? []) as readonly Node[]
  const rows = lists.map(({ List: list }) => {
    const cells = ((list?.items ?? []) as readonly Node[]).map((cell) => cellCode(cell, values))
    if (cells.includes(null) || cells.length !== columns.length) return null
    return `{ ${columns.map((name, n) => member(name, cells[n] ?? '')).join(', ')} }`
  })
  return rows.length === 0 || rows.includes(null) ? null : (rows as readonly string[])
}

function member(name: string, code: string): string {
  if (name === code) return name
  return `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : printValue(name)}: ${code}`
}

/** A parameter as it is computed, or a constant; null for an expression. */
function cellCode(cell: Node, values: Sql['values']): string | null {
  const place = cell['ParamRef']?.number as number | undefined
  if (place !== undefined) {
    const value: unknown = values[place - 1]
    return value instanceof Code ? value.text : null
  }
  const constant = cell['A_Const']
  if (constant?.isnull === true) return 'null'
  if (constant?.sval !== undefined) return printValue(constant.sval.sval ?? '')
  if (constant?.ival !== undefined) return printValue(constant.ival.ival ?? 0)
  if (constant?.boolval !== undefined) return printValue(constant.boolval.boolval ?? false)
  return null
}

/** A conflict with the named key alone is passed over, so no other may be possible. */
function conflictOf({ tree: { node } }: ParsedStatement, columns: readonly string[], { keys }: NewTable) {
  const clause = node['onConflictClause']?.OnConflictClause ?? node['onConflictClause']
  if (clause === undefined) return 'fail'
  if (clause.action !== 'ONCONFLICT_NOTHING') return null
  const { infer } = clause
  if (infer === undefined) return 'skip'
  const named = ((infer.indexElems ?? []) as readonly Node[]).map(({ IndexElem: one }) => one?.name)
  if (infer.whereClause !== undefined || infer.conname !== undefined) return null
  const possible = keys.filter((key) => key === null || key.every((name) => columns.includes(name)))
  const isOnly = possible.every((key) => key !== null && key.toSorted().join() === named.toSorted().join())
  return isOnly ? 'skip' : null
}
