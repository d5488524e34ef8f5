import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import type { ToldRename } from '../autogenerate/renames.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { openForDriver } from '../connection/connect.ts'
import type { Connection } from '../connection/connection.ts'
import { cleanSession } from '../connection/session.ts'
import { LimbeckError } from '../error.ts'
import type { Directive } from '../operations/operation.ts'
import { printDirective } from '../operations/print.ts'
import { lineComments, type ParsedStatement, parseStatements, SqlSyntaxError } from '../sql/statements.ts'
import { checkBodies } from './declared-bodies.ts'
import { makingOfDatabase } from './making.ts'
import { databaseAddress, type Project } from './project.ts'
import { onScratch } from './prove.ts'
import { type Bare, makeDirectives, sessionOn, snapshotOf, withRoles } from './shadow.ts'
import { orStopped, withStop } from './stoppable.ts'

/**
 * Where the schema that a project wants is said: files of SQL or folders of them, in any order; a command that prints SQL; a
 * function that gives it; another database; or something that makes it on an empty one, such as an ORM.
 */
export type DeclaredSchema =
  | string
  | readonly string[]
  | { readonly command: string }
  | (() => string | Promise<string>)
  /** By its URL, `postgres://…` or `pglite:DIRECTORY`. It is read and not changed. */
  | { readonly database: string }
  /** Is given what the `Client` and the `Pool` of node-postgres take to connect with the empty database, and closes what it opens. */
  | { readonly make: (client: object) => void | Promise<void> }

/** The configuration does not say what schema there is to be. */
export class SchemaNotDeclared extends LimbeckError {
  readonly code = 'SCHEMA_NOT_DECLARED'

  constructor() {
    super('The configuration does not say which schema there is to be.', {
      hint: "Say it in limbeck.config.ts: schema: 'schema.sql', a folder, { command: 'npx drizzle-kit export' }, { database: 'postgres://…' }, or a function that gives SQL.",
    })
  }
}

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

/** What declares a schema, once it is read: the texts of somebody, or what makes a database as one is that has it. */
export type Declaration =
  | { readonly sources: readonly Source[] }
  | { readonly directives: readonly Directive[] }

/** A text that declares a schema or a part of it, and where it is from. */
type Source = { readonly name: string; readonly text: string }

/** All that the schema hangs on. */
export function declaringTexts(declaration: Declaration): readonly string[] {
  if ('directives' in declaration) return declaration.directives.map((directive) => printDirective(directive))
  return declaration.sources.map(({ text }) => text)
}

/** Makes what is declared on an empty database, and reads it. */
export async function declaredSnapshot(empty: Bare, declaration: Declaration): Promise<Snapshot> {
  if ('directives' in declaration)
    await makeDirectives(await sessionOn(empty), 'declared', declaration.directives)
  else await makeSources(empty.connection, declaration.sources)
  return snapshotOf(empty)
}

async function makeSources(connection: Connection, sources: readonly Source[]): Promise<void> {
  const statements = (await Promise.all(sources.map(statementsOf))).flat()
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

/** Reads what declares the schema. */
export async function declarationOf(declared: DeclaredSchema, project: Project): Promise<Declaration> {
  const { directory } = project
  if (typeof declared === 'function')
    return { sources: [{ name: 'schema', text: await orStopped(project, declared()) }] }
  if (typeof declared === 'string') return { sources: filesAt(resolve(directory, declared), directory) }
  if ('command' in declared)
    return {
      sources: [{ name: shownCommand(declared.command), text: await printed(declared.command, project) }],
    }
  if ('database' in declared)
    return { directives: await makingOfDatabase(databaseAddress(declared.database, directory), project) }
  if ('make' in declared) return { directives: await makingBySomebody(declared.make, project) }
  return { sources: declared.flatMap((path) => filesAt(resolve(directory, path), directory)) }
}

/** Whoever prints nothing has most likely found nothing, and everything would be dropped. */
async function printed(command: string, project: Project): Promise<string> {
  const name = shownCommand(command)
  const { out, status, signal } = await ended(command, project)
  // Where FORCE_COLOR is set, as it often is in CI, some colour their SQL.
  const [stdout = '', stderr = ''] = out.map(stripVTControlCharacters)
  // Some say on stdout what is wrong.
  const said = [stderr, stdout].map((text) => text.trim()).find((text) => text !== '')
  const end = signal === null ? `it ended with ${status}.` : `it was ended by ${signal}.`
  if (status !== 0) throw new SchemaBroken(name, null, said ?? end)
  if (stdout.trim() === '') throw new SchemaBroken(name, null, said ?? 'it printed nothing.')
  return stdout
}

/** A command without the passwords of its URLs, for people. */
function shownCommand(command: string): string {
  return command.replaceAll(/(:\/\/[^\s:/@]*):\S*@/g, '$1@')
}

type Ended = {
  /** What it has said, on stdout and on stderr. */
  readonly out: readonly string[]
  /** null where a signal has ended it. */
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

async function ended(command: string, project: Project): Promise<Ended> {
  const child = spawn(command, { cwd: project.directory, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const { stdout, stderr } = child
  const stop = () => {
    child.kill()
    // What it has started itself may go on, and is not waited for.
    for (const stream of [stdout, stderr]) stream.destroy()
  }
  return withStop(project, stop, async () => {
    try {
      const [end, ...out] = await Promise.all([once(child, 'close'), text(stdout), text(stderr)])
      return { out, status: end[0], signal: end[1] }
    } catch (error) {
      throw new SchemaBroken(
        shownCommand(command),
        null,
        error instanceof Error ? error.message : String(error),
        error,
      )
    }
  })
}

async function makingBySomebody(
  make: (client: object) => void | Promise<void>,
  project: Project,
): Promise<readonly Directive[]> {
  return onScratch(project, {}, async (address) => {
    const { client, close, abandon } = await openForDriver(address)
    try {
      await withStop(project, abandon, () => orStopped(project, make(client)))
    } catch (error) {
      throw new SchemaBroken(
        'schema.make',
        null,
        error instanceof Error ? error.message : String(error),
        error,
      )
    } finally {
      await close()
    }
    return makingOfDatabase(address, project)
  })
}

function filesAt(path: string, directory: string): readonly Source[] {
  const name = relative(directory, path)
  if (!existsSync(path)) throw new SchemaBroken(name, null, 'there is no such file or folder.')
  if (!statSync(path).isDirectory()) return [{ name, text: readFileSync(path, 'utf8') }]
  const files = globSync('**/*.sql', { cwd: path }).sort()
  // Whoever has moved the files would have everything dropped.
  if (files.length === 0) throw new SchemaBroken(name, null, 'there is no file of SQL in it.')
  return files.map((file) => ({ name: join(name, file), text: readFileSync(join(path, file), 'utf8') }))
}

/** What the texts say of names that were others before: `-- limbeck: rename app.users.name=full_name`. */
export async function renamesIn(declaration: Declaration): Promise<readonly ToldRename[]> {
  const sources = 'sources' in declaration ? declaration.sources : []
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
    const writing = parsed.find(({ content }) => content === 'rows')
    if (writing !== undefined)
      throw new SchemaBroken(name, writing.line, 'it writes rows, and a schema has none.')
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
