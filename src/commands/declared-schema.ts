import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { ToldRename } from '../autogenerate/renames.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import type { Connection } from '../connection/connection.ts'
import { cleanSession } from '../connection/session.ts'
import { LimbeckError } from '../error.ts'
import { lineComments, type ParsedStatement, parseStatements, SqlSyntaxError } from '../sql/statements.ts'
import type { Project } from './project.ts'
import { type Bare, snapshotOf, withRoles } from './shadow.ts'

/**
 * Where the schema that a project wants is said: files of SQL or folders of them, in any order; a command that prints SQL; or a
 * function that gives it.
 */
export type DeclaredSchema =
  | string
  | readonly string[]
  | { readonly command: string }
  | (() => string | Promise<string>)

/** The configuration does not say what schema there is to be. */
export class SchemaNotDeclared extends LimbeckError {
  readonly code = 'SCHEMA_NOT_DECLARED'

  constructor() {
    super('The configuration does not say which schema there is to be.', {
      hint: "Say it in limbeck.config.ts: schema: 'schema.sql', a folder, { command: 'npx drizzle-kit export' }, or a function that gives SQL.",
    })
  }
}

/** What declares the schema cannot be read, or PostgreSQL does not take it. */
export class SchemaBroken extends LimbeckError {
  readonly code = 'SCHEMA_BROKEN'
  readonly source: string
  readonly line: number | null

  constructor(source: string, line: number | null, reason: string, cause?: unknown) {
    super(`${source}${line === null ? '' : `:${line}`}: ${reason}`, {
      ...(cause === undefined ? {} : { cause }),
      hint: 'The declared schema is made on an empty database, its statements in any order that works. Mend it there.',
    })
    this.source = source
    this.line = line
  }
}

/** A text that declares a schema or a part of it, and where it is from. */
export type Source = { readonly name: string; readonly text: string }

/** Makes what is declared on an empty database, and reads it. */
export async function declaredSnapshot(empty: Bare, sources: readonly Source[]): Promise<Snapshot> {
  const statements = (await Promise.all(sources.map(statementsOf))).flat()
  await makeInAnyOrder(empty.connection, statements)
  await empty.connection.reset()
  return snapshotOf(empty)
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

/** The texts that declare the schema. */
export async function sourcesOf(
  declared: DeclaredSchema,
  { directory }: Pick<Project, 'directory'>,
): Promise<readonly Source[]> {
  if (typeof declared === 'function') return [{ name: 'schema', text: await declared() }]
  if (typeof declared === 'object' && 'command' in declared)
    return [{ name: declared.command, text: printed(declared.command, directory) }]
  return [declared].flat().flatMap((path) => filesAt(resolve(directory, path), directory))
}

function printed(command: string, directory: string): string {
  try {
    return execFileSync(command, {
      cwd: directory,
      shell: true,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 256 * 1024 * 1024,
    })
  } catch (error) {
    const said = String((error as { readonly stderr?: unknown }).stderr ?? '').trim()
    throw new SchemaBroken(command, null, said === '' ? String(error) : said, error)
  }
}

function filesAt(path: string, directory: string): readonly Source[] {
  const name = relative(directory, path)
  if (!existsSync(path)) throw new SchemaBroken(name, null, 'there is no such file or folder.')
  if (!statSync(path).isDirectory()) return [{ name, text: readFileSync(path, 'utf8') }]
  return globSync('**/*.sql', { cwd: path })
    .sort()
    .map((file) => ({ name: join(name, file), text: readFileSync(join(path, file), 'utf8') }))
}

/** What the texts say of names that were others before: `-- limbeck: rename app.users.name=full_name`. */
export async function renamesIn(sources: readonly Source[]): Promise<readonly ToldRename[]> {
  const told: ToldRename[] = []
  for (const { name, text } of sources) {
    // Most have none, and need no parser for that.
    const comments = text.includes(marker) ? await lineComments(text) : []
    for (const { text: comment, line } of comments) {
      if (!comment.startsWith(marker)) continue
      const [, from, to] = comment.slice(marker.length).match(/^\s*rename\s+(\S.*)=(\S.*)$/) ?? []
      if (from === undefined || to === undefined)
        throw new SchemaBroken(name, line, `"${comment}" is no "${marker} rename OLD=NEW".`)
      told.push({ from, to, stays: true })
    }
  }
  return told
}

const marker = 'limbeck:'

async function statementsOf({ name, text }: Source): Promise<readonly DeclaredStatement[]> {
  // What pg_dump says to psql is not for the server; the lines stay, so that the others keep their numbers.
  const sql = text.replace(/^\\(?:restrict|unrestrict|connect|encoding)\b.*$/gm, '')
  const rows = sql.match(/^copy\b[^;]*\bfrom\s+stdin\b/im)
  if (rows !== null)
    throw new SchemaBroken(
      name,
      sql.slice(0, rows.index).split('\n').length,
      'it has rows (COPY), and a schema has none.',
    )
  try {
    const parsed = await parseStatements(sql)
    return inSettings(
      name,
      parsed.filter(({ transaction }) => transaction !== 'control'),
    )
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error
    throw new SchemaBroken(name, error.line, error.detail, error)
  }
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
    await withRoles(connection, () => connection.run(texts.join(';\n')))
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
