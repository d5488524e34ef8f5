import type { Connection } from '../connection/connection.ts'
import { runForeign } from '../connection/prepared.ts'
import { cleanSession } from '../connection/session.ts'
import { LimbeckError } from '../error.ts'
import { serverText } from '../sql/psql-text.ts'
import { type ParsedStatement, parseStatements, SqlSyntaxError } from '../sql/statements.ts'
import { checkBodies } from './declared-bodies.ts'
import { withServerObjects } from './server-objects.ts'

/** What declares the schema cannot be read, or PostgreSQL does not take it. */
export class SchemaBroken extends LimbeckError {
  readonly code = 'SCHEMA_BROKEN'
  readonly source: string
  readonly line: number | null

  constructor(source: string, line: number | null, reason: string, cause?: unknown, hint?: string) {
    super(`${source}${line === null ? '' : `:${line}`}: ${reason}`, {
      ...(cause === undefined ? {} : { cause }),
      hint:
        hint ??
        'The declared schema is made on an empty database, its statements in any order that works. Mend it there.',
    })
    this.source = source
    this.line = line
  }
}

/** A text that declares a schema or a part of it, and where it is from. */
export type Source = { readonly name: string; readonly text: string }

/** Makes what statements declare, in any order that works. */
export async function makeStatements(
  connection: Connection,
  statements: readonly DeclaredStatement[],
): Promise<void> {
  await makeInAnyOrder(connection, statements)
  await checkDeclaredBodies(connection, statements)
  await connection.reset()
}

/** A statement with the settings that hold at its place in its text, whenever it is run, and those that hold behind it. */
type DeclaredStatement = ParsedStatement & {
  readonly source: string
  readonly settings: Settings
  readonly settingsAfter: Settings
}

/** Statements that set something for what comes after them. Two are the same where they are the same list. */
type Settings = readonly string[]

const noSettings: Settings = []

/** The statements of texts that declare a schema. Throws SchemaBroken where PostgreSQL's parser does not take them, or where they write rows. */
export async function statementsOf(
  sources: readonly Source[],
  { rows = 'refuse' }: { readonly rows?: 'refuse' | 'take' } = {},
): Promise<readonly DeclaredStatement[]> {
  return (await Promise.all(sources.map((source) => statementsOfOne(source, rows)))).flat()
}

async function statementsOfOne(
  { name, text }: Source,
  rows: 'refuse' | 'take',
): Promise<readonly DeclaredStatement[]> {
  // What pg_dump says to psql is not for the server; the lines stay, so that the others keep their numbers.
  const sql =
    rows === 'take'
      ? serverText(text).sql
      : text.replace(/^\\(?:restrict|unrestrict|connect|encoding)\b.*$/gm, '')
  try {
    const parsed = await parseStatements(sql)
    const writing = parsed.find(({ content }) => content === 'rows')
    if (writing !== undefined && rows === 'refuse')
      throw new SchemaBroken(name, writing.line, 'it writes rows, and a schema has none.')
    return inSettings(
      name,
      parsed.filter(
        ({ transaction, tree }) => transaction !== 'control' && !locks(tree) && !readsStdin(tree),
      ),
    )
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error
    const copied = copyBefore(sql, error.line)
    if (copied !== null)
      throw new SchemaBroken(name, copied, 'it has rows (COPY), and a schema has none.', error)
    throw new SchemaBroken(name, error.line, error.detail, error)
  }
}

/** It makes nothing, and there is nobody who could be in the way. */
function locks({ kind }: ParsedStatement['tree']): boolean {
  return kind === 'LockStmt'
}

/** Its rows are for psql, and are not there any more. */
function readsStdin({ kind, node }: ParsedStatement['tree']): boolean {
  return kind === 'CopyStmt' && node['is_from'] === true && node['filename'] === undefined
}

/** The line of the COPY whose rows PostgreSQL's parser took for SQL: only psql knows where they end, and the parser sees none of it as a statement. */
function copyBefore(sql: string, line: number): number | null {
  const before = sql.split('\n').slice(0, line)
  const at = before.findLastIndex((text) => /^copy\b.*\bfrom\s+stdin\b/i.test(text))
  return at === -1 ? null : at + 1
}

function inSettings(source: string, parsed: readonly ParsedStatement[]): readonly DeclaredStatement[] {
  let settings = noSettings
  return parsed.map((statement) => {
    const before = settings
    if (statement.setsSession) settings = [...settings, statement.text]
    return { ...statement, source, settings: before, settingsAfter: settings }
  })
}

/** Tries every statement again and again, as long as one more of them works: what one needs may come after it. */
async function makeInAnyOrder(
  connection: Connection,
  statements: readonly DeclaredStatement[],
): Promise<void> {
  // Whatever it was.
  let settings: Settings | null = null
  let left = statements
  for (const some of messages(statements)) {
    if ((await errorOf(connection, some, settings)) !== null) break
    settings = some.at(-1)?.settingsAfter ?? null
    left = left.slice(some.length)
  }
  settings = null
  while (left.length > 0) {
    const failed: Failed[] = []
    for (const statement of left) {
      const error = await errorOf(connection, [statement], settings)
      settings = error === null ? statement.settingsAfter : null
      if (error !== null) failed.push({ statement, error })
    }
    const [first] = failed
    if (first !== undefined && failed.length === left.length) {
      const { statement, error } = first
      throw new SchemaBroken(statement.source, statement.line, error.message, error)
    }
    left = failed.map(({ statement }) => statement)
  }
}

type Failed = { readonly statement: DeclaredStatement; readonly error: LimbeckError }

/** Locks are kept in shared memory, which has an end, and each table that is made keeps its own until the message is done. */
const mostInMessage = 200

/** Most schemas are in an order that works: many statements in one message, as far as they bear one transaction. */
function messages(statements: readonly DeclaredStatement[]): readonly (readonly DeclaredStatement[])[] {
  const messages: DeclaredStatement[][] = []
  let isOpen = false
  for (const statement of statements) {
    const last = messages.at(-1)
    if (last === undefined || !isOpen || statement.transaction === 'none' || last.length === mostInMessage)
      messages.push([statement])
    else last.push(statement)
    isOpen = statement.transaction === 'shared'
  }
  return messages
}

/** Runs statements in one message, each with the settings of its place. `held`: those that hold already. */
async function errorOf(
  connection: Connection,
  statements: readonly DeclaredStatement[],
  held: Settings | null,
): Promise<LimbeckError | null> {
  const [first] = statements
  const texts = statements.flatMap(({ text, settings }, at) => {
    const isHeld = at === 0 || settings === statements[at - 1]?.settingsAfter
    return isHeld ? [text] : [...changeTo(settings), text]
  })
  try {
    // By themselves, since what refuses a transaction has to be alone in its message.
    if (first !== undefined && first.settings !== held)
      await connection.run(changeTo(first.settings).join(';\n'))
    await withServerObjects(connection, () => runForeign(connection, texts.join(';\n')))
    return null
  } catch (error) {
    if (error instanceof LimbeckError) return error
    throw error
  }
}

function changeTo(settings: Settings): readonly string[] {
  // A function may name what comes after it.
  return [...cleanSession, 'SET check_function_bodies = off', ...settings]
}

/** Once everything is there that a body may name, unless its text turns the check off itself, as a dump does. */
async function checkDeclaredBodies(
  connection: Connection,
  statements: readonly DeclaredStatement[],
): Promise<void> {
  const broken = await checkBodies(
    connection,
    statements.filter(({ makesRoutine }) => makesRoutine),
  )
  if (broken === null) return
  const { routine, line, error } = broken
  throw new SchemaBroken(
    routine.source,
    routine.line + line,
    error.message,
    error,
    'PostgreSQL looks at the body once all of the declared schema is there. Mend it, or write SET check_function_bodies = off before it if it is to stay as it is.',
  )
}
