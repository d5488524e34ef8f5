import { Code } from '../../operations/print.ts'
import { execute } from '../../operations/registry.ts'
import type { ParsedStatement } from '../../sql/statements.ts'
import { codeOf, residualOf } from '../python/code.ts'
import { type Evaluation, freshName, refuse, say } from '../python/evaluation.ts'
import { templateText } from '../python/operators.ts'
import { refuseAsAlembic } from '../python/raise.ts'
import { type Cursor, type Query, Residual, type Value } from '../python/value.ts'
import { changePiece, returnedNames } from '../sqlalchemy/dml.ts'
import { expressionPiece } from '../sqlalchemy/expression.ts'
import { literalPiece } from '../sqlalchemy/literal.ts'
import { concat, type Piece, raw, textOrSql } from '../sqlalchemy/piece.ts'
import { quoted } from '../sqlalchemy/quote.ts'
import { selectedNames } from '../sqlalchemy/select.ts'
import { calledOf } from '../sqlalchemy/term.ts'
import { boundText, parameterPattern, parametersOf, placeName, textPiece } from '../sqlalchemy/text.ts'
import { type Context, tell } from './context.ts'
import { defaultValue } from './default-value.ts'
import { forgetType } from './enum.ts'
import { announce } from './listeners.ts'
import { isCount, namesOfRows, unnamed } from './row-names.ts'

/** How plain strings are read: `op.execute` makes a `text()` of them, a connection sends them as they stand. */
export type Reading = 'text' | 'raw'

/** `op.execute(…)`: nothing is given back. */
export function sayExecute(statement: Value, context: Context): null {
  for (const piece of statementPieces(statement, undefined, 'text', context)) sayPiece(piece, context)
  return null
}

/** `connection.execute(…)`: its rows may be asked for, and where they are not, it is a statement like others. */
export function askExecute(statement: Value, parameters: Value | undefined, context: Context): Value {
  const pieces = statementPieces(statement, parameters, 'raw', context)
  const [only] = pieces
  if (pieces.length !== 1 || only === undefined) {
    for (const piece of pieces) sayPiece(piece, context)
    return null
  }
  if (only instanceof RunText) return askText(only, context)
  const statements = tryParse(only, context)
  const kinds = statements?.map(({ tree }) => tree.kind) ?? []
  const answers =
    kinds.length === 1 &&
    (kinds[0] === 'SelectStmt' || returns(statements?.[0]) || kinds[0] === 'VariableShowStmt')
  if (!answers && statements !== null) {
    const [first] = kinds
    if (
      statements.length === 1 &&
      (first === 'UpdateStmt' || first === 'DeleteStmt' || first === 'InsertStmt')
    )
      return counted(only, context)
    sayPiece(only, context)
    return new Residual('null', { sort: 'rows' })
  }
  const columns = selectedNames(statement) ?? returnedNames(statement) ?? namesOfRows(statements?.[0])
  const rows = askApart(only, columns ?? unnamed(statements?.[0]), context)
  return isCount(statements?.[0]) ? new Residual(rows.code, { ...rows, numbers: true }) : rows
}

/** Asks under names of which no two are alike, since a row has one value to a name. */
export function askApart(
  piece: Piece,
  columns: readonly (string | null)[] | null,
  context: Context,
): Residual {
  const isApart = columns === null || new Set(columns).size === columns.length
  if (isApart)
    return ask(piece, columns === null || columns.includes(null) ? null : (columns as string[]), context)
  const names: string[] = []
  for (const column of columns) {
    const base = column ?? 'value'
    let name = base
    for (let n = 2; names.includes(name); n++) name = `${base}_${n}`
    names.push(name)
  }
  const apart = concat('SELECT * FROM (', withoutEnd(piece), `) AS apart (${names.map(quoted).join(', ')})`)
  return ask(apart, names, context)
}

/** What the run puts together is asked as a query where its rows are used. */
function askText({ text }: RunText, context: Context): Residual {
  const { evaluation } = context
  announce(text.code, evaluation)
  const { kind, columns } = kindOfText(text.code, context)
  const name = freshName(evaluation, kind === 'change' ? 'changed' : 'rows')
  const query: Query = { used: false, needs: text.queries }
  // The printer writes a Code as it stands: nothing else ever reads these directives.
  const directive = (code: string) => execute({ sql: new Code(code) as never })
  const counting = `\`${countingHead}${text.code.slice(1, -1).replace(/;\s*$/, '')}${countingTail}\``
  const asked = kind === 'change' ? { asked: directive(counting) } : {}
  say(evaluation, { say: 'query', name, query, directive: directive(text.code), ...asked })
  return new Residual(name, {
    sort: 'rows',
    queries: [query],
    columns,
    countable: kind !== 'unknown',
    cursor: cursorIn(evaluation),
  })
}

type KindOfText = {
  readonly kind: 'query' | 'change' | 'unknown'
  readonly columns: readonly string[] | null
}

/** What a template is, read with a parameter in each of its places; where that is no SQL, nobody knows. */
function kindOfText(code: string, context: Context): KindOfText {
  const unknown = { kind: 'unknown', columns: null } as const
  if (!code.startsWith('`')) return unknown
  const read = (place: string) => tryParse(raw(code.slice(1, -1).replace(/\$\{[^}]*\}/g, place)), context)
  const statements = read('1')
  const [only] = statements ?? []
  if (only === undefined || statements?.length !== 1) return unknown
  const isChange = ['UpdateStmt', 'DeleteStmt', 'InsertStmt'].includes(only.tree.kind)
  if (isChange && !returns(only)) return { kind: 'change', columns: ['rowcount'] }
  const [columns, others] = [only, read('2')?.[0]].map(namesOfRows)
  // A name that is put together is another with another number.
  return { kind: 'query', columns: columns?.join() === others?.join() ? (columns ?? null) : null }
}

/** Rows that a query gives, under a name of their own. */
export function ask(piece: Piece, columns: readonly string[] | null, context: Context): Residual {
  const { evaluation } = context
  announce(piece.sql.join(''), evaluation)
  const name = freshName(evaluation, 'rows')
  const query: Query = { used: false, needs: piece.values.flatMap(({ queries }) => queries) }
  const directive = execute({ sql: textOrSql(piece) })
  say(evaluation, { say: 'query', name, query, directive })
  return new Residual(name, { sort: 'rows', columns, queries: [query], cursor: cursorIn(evaluation) })
}

/** Where rows are asked for. */
function cursorIn({ loops, depth }: Evaluation): Cursor {
  return { loops: loops.length, depth, fetched: 0 }
}

const countingHead = 'WITH changed AS ('
const countingTail = ' RETURNING 1) SELECT count(*)::int AS rowcount FROM changed'

/** A statement without the semicolon at its end. */
function withoutEnd({ sql, values }: Piece): Piece {
  return { sql: sql.map((text, n) => (n === sql.length - 1 ? text.replace(/;\s*$/, '') : text)), values }
}

/** A change of rows, of which somebody may ask how many they were. */
export function counted(piece: Piece, context: Context): Residual {
  const { evaluation } = context
  announce(piece.sql.join(''), evaluation)
  const name = freshName(evaluation, 'changed')
  const query: Query = { used: false, needs: piece.values.flatMap(({ queries }) => queries) }
  const count = concat(countingHead, withoutEnd(piece), countingTail)
  say(evaluation, {
    say: 'query',
    name,
    query,
    directive: execute({ sql: textOrSql(piece) }),
    asked: execute({ sql: textOrSql(count) }),
  })
  return new Residual(name, { sort: 'rows', columns: ['rowcount'], queries: [query] })
}

/** Each statement of what is executed, with its parameters put in. */
function statementPieces(
  statement: Value,
  parameters: Value | undefined,
  reading: Reading,
  { evaluation }: Context,
): readonly Piece[] {
  const sets = parametersOf(parameters)
  const written = runText(statement, sets[0] ?? new Map())
  if (written !== null) return [written]
  if (typeof statement === 'string') {
    if (reading === 'text') return [boundText(statement, new Map())]
    if (sets.some((set) => set.size > 0)) return sets.map((set) => percentText(statement, set))
    return [raw(statement.replaceAll('%%', '%'))]
  }
  return sets.map((set) => {
    const piece =
      textPiece(statement, set) ?? changePiece(statement, set, (value) => defaultValue(value, evaluation))
    if (piece !== null) return piece
    const called = calledOf(statement)
    const ddl = called === null ? null : ddlPiece(called.name, called.positional)
    return ddl ?? expressionPiece(statement, { given: set })
  })
}

/** A text, or a `text()` of one, that the run puts together. */
function runText(statement: Value, given: ReadonlyMap<string, Value>): RunText | null {
  const called = calledOf(statement)
  const residual = residualOf(called?.name === 'sa.text' ? (called.positional[0] ?? null) : statement)
  if (residual === null) return null
  const code = residual.code.replace(parameterPattern, (whole, name: string) => {
    const value = given.get(name)
    if (value === undefined) return whole
    const piece = literalPiece(value)
    return piece.values.length === 0
      ? templateText(piece.sql.join(''))
      : refuse('a parameter in SQL that the run puts together')
  })
  return new RunText(new Residual(code, residual))
}

/** SQL whose very text only the run knows. */
export class RunText implements Piece {
  readonly sql = ['']
  readonly values = []
  readonly text: Residual
  constructor(text: Residual) {
    this.text = text
  }
}

/** `DDL('…')`, `CreateSequence(Sequence('s'))`. */
function ddlPiece(name: string, [first]: readonly Value[]): Piece | null {
  if (name === 'sa.DDL' && typeof first === 'string') return raw(first.replaceAll('%%', '%'))
  const sequence = calledOf(first)
  if (name === 'sa.CreateSequence' && sequence?.name === 'sa.Sequence')
    return concat(`CREATE SEQUENCE ${quoted(String(sequence.positional[0]))}`)
  if (name === 'sa.DropSequence' && sequence?.name === 'sa.Sequence')
    return concat(`DROP SEQUENCE ${quoted(String(sequence.positional[0]))}`)
  return null
}

/** Parameters in the driver's own form, `%(name)s`. */
function percentText(text: string, given: ReadonlyMap<string, Value>): Piece {
  let place = 0
  const converted = text.replace(/%%|%s|%\((\w+)\)s/g, (whole, name: string | undefined) => {
    if (whole === '%%') return '%'
    return `:${name ?? placeName(place++)}`
  })
  return boundText(converted, new Map([...given].map(([name, value]) => [name, { value }])))
}

/** One text as a directive: BEGIN and COMMIT go, since stages are Limbeck's transactions. */
export function sayPiece(piece: Piece, context: Context): void {
  if (piece instanceof RunText) {
    announce(piece.text.code, context.evaluation)
    say(context.evaluation, { say: 'code', text: `op.execute({ sql: ${codeOf(piece.text)} })` })
    return
  }
  const statements = tryParse(piece, context)
  if (statements === null) refuseAsAlembic('PostgreSQL does not read this SQL')
  for (const { tree } of statements) noteDroppedTypes(tree, context)
  const others = statements.filter(({ transaction }) => transaction !== 'control')
  if (others.length === 0) return
  if (others.length === statements.length) tell(context, execute({ sql: textOrSql(piece) }))
  else if (piece.values.length === 0) tell(context, ...others.map(({ text }) => execute({ sql: text })))
  else refuse('BEGIN or COMMIT beside a statement with parameters')
}

function noteDroppedTypes({ kind, node }: ParsedStatement['tree'], context: Context): void {
  if (kind !== 'DropStmt' || node['removeType'] !== 'OBJECT_TYPE') return
  for (const object of node['objects'] ?? []) {
    const names = object.TypeName?.names ?? []
    const name = names.at(-1)?.String?.sval
    if (typeof name === 'string') forgetType(name, context)
  }
}

/** Null where PostgreSQL's parser says no. */
function tryParse(piece: Piece, { conversion }: Context): readonly ParsedStatement[] | null {
  if (piece instanceof RunText) return null
  const text = piece.sql.reduce((sofar, part, n) => (n === 0 ? part : `${sofar}$${n}${part}`), '')
  try {
    return conversion.parse(text)
  } catch {
    // The parser's no is the answer; who asks says what that means.
    return null
  }
}

function returns(statement: ParsedStatement | undefined): boolean {
  return (
    statement?.tree.node['returningList'] !== undefined ||
    statement?.tree.node['returningClause'] !== undefined
  )
}
