import { LimbeckError } from '../error.ts'
import { blockStatements } from './block-statements.ts'
import { type StatementContent, statementContent } from './content.ts'
import { type StatementEffect, statementEffect } from './effect.ts'
import { type ExpressionContent, expressionContent } from './expression.ts'

/**
 * How a statement meets transactions, by PostgreSQL's own rules:
 * `shared` runs with others in one; `closing` does too, but what follows must wait for its commit; `own` bears others, but reads
 * all rows under the locks that they hold; `none` refuses a transaction block; `control` begins or ends one.
 */
export type TransactionNeed = 'shared' | 'closing' | 'own' | 'none' | 'control'

/** One statement of a text, as PostgreSQL's parser sees it. */
export type ParsedStatement = {
  /** The statement without the semicolon and the comments around it. */
  readonly text: string
  /** Characters before it in the text. */
  readonly offset: number
  /** Its first line in the text; the text's first line is 1. */
  readonly line: number
  readonly transaction: TransactionNeed
  /** PostgreSQL takes parameters in it; in any other statement a value has to be a literal. */
  readonly takesParameters: boolean
  /** The index that a CREATE or DROP INDEX CONCURRENTLY is about, so that an interrupted one can be found again. */
  readonly concurrentIndex: ConcurrentIndex | null
  /** Whether a statement that refuses a transaction may simply be run once more after a crash. */
  readonly repeatable: boolean
  /** Whether it sets something for the session, and not for its transaction alone. */
  readonly setsSession: boolean
  readonly effect: StatementEffect
  readonly content: StatementContent
  /** A DO block, in which anything may be done. */
  readonly isBlock: boolean
  /** CREATE FUNCTION or PROCEDURE. */
  readonly makesRoutine: boolean
  readonly tree: StatementTree
  /** What it says: itself, or the statements that stand in a DO block. */
  said(): readonly StatementTree[]
}

/** A statement as PostgreSQL's parser gives it: the name of its node in parsenodes.h, and that node's fields. */
export type StatementTree = { readonly kind: string; readonly node: Node }

export type ConcurrentIndex = {
  readonly action: 'create' | 'drop'
  readonly schema: string | null
  /** Absent for a CREATE INDEX without a name. */
  readonly name: string | null
}

/** SQL that PostgreSQL's parser does not accept. */
export class SqlSyntaxError extends LimbeckError {
  readonly code = 'SQL_SYNTAX'
  readonly detail: string
  readonly line: number
  readonly column: number

  constructor(detail: string, line: number, column: number, cause: unknown) {
    super(`${detail}, at line ${line}, column ${column} of the SQL.`, { cause })
    this.detail = detail
    this.line = line
    this.column = column
  }
}

/** Splits and classifies SQL with PostgreSQL's own parser. Loads the parser at the first call. */
export async function parseStatements(text: string): Promise<readonly ParsedStatement[]> {
  return (await statementParser())(text)
}

/** The same for who has many texts, and no way to wait at each. */
export async function statementParser(): Promise<(text: string) => readonly ParsedStatement[]> {
  const parser = await import('libpg-query')
  await parser.loadModule()
  return (text) => parsed(parser, text)
}

function parsed(parser: typeof import('libpg-query'), text: string): readonly ParsedStatement[] {
  const bytes = Buffer.from(text)
  const statements = parseTree(parser, text, bytes)
  return statements.map(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
    const end = length === undefined ? bytes.length : start + length
    const before = bytes.subarray(0, start).toString()
    const [kind, node] = Object.entries(stmt)[0] ?? ['', {}]
    const statement = bytes.subarray(start, end).toString().trimEnd()
    return {
      text: statement,
      tree: { kind, node },
      said: () => (kind === 'DoStmt' ? blockStatements(parser, statement) : [{ kind, node }]),
      offset: before.length,
      line: before.split('\n').length,
      transaction: transactionNeed(kind, node),
      takesParameters: withParameters.has(kind),
      concurrentIndex: concurrentIndex(kind, node),
      setsSession: setsSession(kind, node),
      effect: statementEffect(kind, node),
      content: statementContent(kind, node),
      isBlock: kind === 'DoStmt',
      makesRoutine: kind === 'CreateFunctionStmt',
      repeatable: kind === 'VacuumStmt' || kind === 'ReindexStmt' || kind === 'ClusterStmt',
    }
  })
}

/** Reads the body of a CREATE FUNCTION in PL/pgSQL; null where that is none, or no such body. */
export async function routineParser(): Promise<(create: string) => Node | null> {
  const parser = await import('libpg-query')
  await parser.loadModule()
  return (create) => {
    try {
      const { plpgsql_funcs: found } = parser.parsePlPgSQLSync(create) as Node
      return (found?.[0]?.PLpgSQL_function as Node | undefined) ?? null
    } catch (error) {
      if (!(error instanceof Error)) throw error
      // The parser's no is the answer: it tells of a body that is none with an error without details.
      return null
    }
  }
}

/** What expressions as PostgreSQL prints them name and say; null for one that the parser, which is of one major, does not know. */
export async function parseExpressions(
  expressions: readonly string[],
): Promise<readonly (ExpressionContent | null)[]> {
  if (expressions.length === 0) return []
  const parser = await import('libpg-query')
  await parser.loadModule()
  return expressions.map((expression) => {
    try {
      return expressionContent(parser.parseSync(`SELECT (${expression})`))
    } catch (error) {
      if (!parser.hasSqlDetails(error)) throw error
      return null
    }
  })
}

/** The constants that stand in each of some bodies of functions, in SQL or PL/pgSQL, as PostgreSQL's scanner sees them. */
export async function constantsIn(
  bodies: readonly string[],
): Promise<readonly Pick<ExpressionContent, 'numbers' | 'texts'>[]> {
  if (bodies.length === 0) return []
  const parser = await import('libpg-query')
  await parser.loadModule()
  return bodies.map((body) => {
    try {
      const constants = parser
        .scanSync(body)
        .tokens.filter(({ tokenName }) => ['SCONST', 'ICONST', 'FCONST'].includes(tokenName))
        .map(({ text }) => text)
      return expressionContent(parser.parseSync(`SELECT ${constants.join(', ')}`))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      // What the scanner does not read tells nothing of the values.
      return { numbers: [], texts: [] }
    }
  })
}

/** The comments of a text that begin with two dashes, without these, as PostgreSQL's scanner sees them, with their lines. */
export async function lineComments(
  text: string,
): Promise<readonly { readonly text: string; readonly line: number }[]> {
  if (text.trim() === '') return []
  const parser = await import('libpg-query')
  await parser.loadModule()
  const bytes = Buffer.from(text)
  return parser
    .scanSync(text)
    .tokens.filter(({ tokenName }) => tokenName === 'SQL_COMMENT')
    .map((token) => ({
      text: token.text.slice(2).trim(),
      line: bytes.subarray(0, token.start).toString().split('\n').length,
    }))
}

/** A word or sign of SQL, as PostgreSQL's scanner sees it, and where it stands in the text, in characters. */
export type Token = { readonly text: string; readonly from: number; readonly to: number }

/** Cuts SQL into its words and signs, comments left out. */
export async function tokenScanner(): Promise<(text: string) => readonly Token[]> {
  const parser = await import('libpg-query')
  await parser.loadModule()
  return (text) => {
    const bytes = Buffer.from(text)
    const place = (byte: number) => bytes.subarray(0, byte).toString().length
    return parser
      .scanSync(text)
      .tokens.filter(({ tokenName }) => !isComment(tokenName))
      .map((token) => ({ text: token.text, from: place(token.start), to: place(token.end) }))
  }
}

/** A CREATE that says OR REPLACE too, as PostgreSQL's scanner sees its words. Its lines stay. */
export async function orReplace(create: string): Promise<string> {
  const parser = await import('libpg-query')
  await parser.loadModule()
  const [first, second] = parser.scanSync(create).tokens.filter(({ tokenName }) => !isComment(tokenName))
  if (first === undefined || second?.text.toUpperCase() === 'OR') return create
  const bytes = Buffer.from(create)
  return `${bytes.subarray(0, first.end)} OR REPLACE${bytes.subarray(first.end)}`
}

function isComment(token: string): boolean {
  return token === 'SQL_COMMENT' || token === 'C_COMMENT'
}

const withParameters = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])

// The parser's tree is JSON whose full type is PostgreSQL's whole grammar; this is the marked boundary to it.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Node = Record<string, any>
type RawStatement = {
  readonly stmt: Record<string, Node>
  readonly stmt_location?: number
  readonly stmt_len?: number
}

function parseTree(
  parser: typeof import('libpg-query'),
  text: string,
  bytes: Buffer,
): readonly RawStatement[] {
  // The parser takes a comment for no statement, but nothing at all for a mistake of its caller.
  if (text.trim() === '') return []
  try {
    return (parser.parseSync(text).stmts ?? []) as readonly RawStatement[]
  } catch (error) {
    if (!parser.hasSqlDetails(error)) throw error
    const before = bytes.subarray(0, error.sqlDetails?.cursorPosition ?? 0).toString()
    const lines = before.split('\n')
    throw new SqlSyntaxError(error.message, lines.length, (lines.at(-1)?.length ?? 0) + 1, error)
  }
}

function transactionNeed(kind: string, node: Node): TransactionNeed {
  if (kind === 'TransactionStmt') return isSavepoint(node) ? 'shared' : 'control'
  if (refusesTransaction(kind, node)) return 'none'
  if (validates(kind, node)) return 'own'
  // A label added by ALTER TYPE … ADD VALUE cannot be used before its transaction has committed (55P04).
  return kind === 'AlterEnumStmt' && node['newVal'] !== undefined && node['oldVal'] === undefined
    ? 'closing'
    : 'shared'
}

/** Of a constraint that was added NOT VALID: who adds it takes a lock that nothing long should be done under. */
function validates(kind: string, node: Node): boolean {
  const commands = (node['cmds'] ?? []) as readonly Node[]
  return (
    kind === 'AlterTableStmt' &&
    commands.some(({ AlterTableCmd: command }) => command?.subtype === 'AT_ValidateConstraint')
  )
}

/** By SET, or as pg_dump does it: `SELECT pg_catalog.set_config('search_path', '', false)`. */
function setsSession(kind: string, node: Node): boolean {
  if (kind === 'VariableSetStmt') return node['is_local'] !== true
  const called = (node['targetList'] ?? []).map((target: Node) => target['ResTarget']?.val?.FuncCall)
  return kind === 'SelectStmt' && called.some((call: Node | undefined) => functionName(call) === 'set_config')
}

function functionName(call: Node | undefined): string | undefined {
  return call?.['funcname']?.at(-1)?.String?.sval
}

function isSavepoint(node: Node): boolean {
  return ['TRANS_STMT_SAVEPOINT', 'TRANS_STMT_RELEASE', 'TRANS_STMT_ROLLBACK_TO'].includes(node['kind'])
}

/** The statements for which PostgreSQL calls PreventInTransactionBlock (src/backend/tcop/utility.c and below). */
function refusesTransaction(kind: string, node: Node): boolean {
  const commands = (node['cmds'] ?? []) as readonly Node[]
  switch (kind) {
    case 'IndexStmt':
    case 'DropStmt':
      return node['concurrent'] === true
    case 'ReindexStmt':
      return (
        hasOption(node['params'], 'concurrently') ||
        ['REINDEX_OBJECT_SCHEMA', 'REINDEX_OBJECT_SYSTEM', 'REINDEX_OBJECT_DATABASE'].includes(node['kind'])
      )
    case 'VacuumStmt':
      return node['is_vacuumcmd'] === true
    case 'ClusterStmt':
      return node['relation'] === undefined
    case 'AlterTableStmt':
      return commands.some(({ AlterTableCmd: command }) => command?.def?.PartitionCmd?.concurrent === true)
    case 'CreateSubscriptionStmt':
      return (
        !hasOption(node['options'], 'create_slot', 'false') && !hasOption(node['options'], 'connect', 'false')
      )
    case 'DropSubscriptionStmt':
    case 'CreatedbStmt':
    case 'DropdbStmt':
    case 'CreateTableSpaceStmt':
    case 'DropTableSpaceStmt':
    case 'AlterSystemStmt':
      return true
    default:
      return false
  }
}

function hasOption(options: readonly Node[] | undefined, name: string, value?: string): boolean {
  return (options ?? []).some(({ DefElem: option }) => {
    if (option?.defname !== name) return false
    return (
      value === undefined ||
      option.arg?.String?.sval === value ||
      option.arg?.Boolean?.boolval === (value === 'true')
    )
  })
}

function concurrentIndex(kind: string, node: Node): ConcurrentIndex | null {
  if (node['concurrent'] !== true) return null
  if (kind === 'IndexStmt') {
    return { action: 'create', schema: node['relation']?.schemaname ?? null, name: node['idxname'] ?? null }
  }
  if (kind !== 'DropStmt') return null
  const names = (node['objects']?.[0]?.List?.items ?? []).map((item: Node) => item['String']?.sval as string)
  return { action: 'drop', schema: names.at(-2) ?? null, name: names.at(-1) ?? null }
}
