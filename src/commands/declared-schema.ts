import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Snapshot } from '../catalog/snapshot.ts'
import type { Connection } from '../connection/connection.ts'
import { cleanSession } from '../connection/session.ts'
import { LimbeckError } from '../error.ts'
import { type ParsedStatement, parseStatements, SqlSyntaxError } from '../sql/statements.ts'
import type { Project } from './project.ts'
import type { Session } from './session.ts'
import { snapshotOf, withRoles } from './shadow.ts'

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
export async function declaredSnapshot(session: Session, sources: readonly Source[]): Promise<Snapshot> {
  const statements = (await Promise.all(sources.map(statementsOf))).flat()
  await makeInAnyOrder(session.connection, statements)
  await session.connection.reset()
  return snapshotOf(session)
}

/**
 * The same on an empty database that is to stay empty: in a transaction that is rolled back. null where a statement refuses that,
 * or asks for a commit before what comes after it.
 */
export async function passingSnapshot(
  session: Session,
  sources: readonly Source[],
): Promise<Snapshot | null> {
  const { connection } = session
  const statements = (await Promise.all(sources.map(statementsOf))).flat()
  if (statements.length > mostInTransaction || statements.some(({ transaction }) => transaction !== 'shared'))
    return null
  await connection.run('BEGIN')
  try {
    await makeInAnyOrder(connection, statements)
    // Whatever the texts have set.
    await connection.run(cleanSession.join(';\n'))
    return await snapshotOf(session)
  } finally {
    await connection.run('ROLLBACK')
  }
}

/** Each table keeps its lock until the end, and the shared memory for locks has an end too. */
const mostInTransaction = 500

type DeclaredStatement = ParsedStatement & { readonly source: string }

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

async function statementsOf({ name, text }: Source): Promise<readonly DeclaredStatement[]> {
  // What pg_dump says to psql is not for the server; the lines stay, so that the others keep their numbers.
  const sql = text.replace(/^\\(?:restrict|unrestrict|connect|encoding)\b.*$/gm, '')
  try {
    const parsed = await parseStatements(sql)
    return parsed
      .filter(({ transaction }) => transaction !== 'control')
      .map((statement) => ({ ...statement, source: name }))
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error
    throw new SchemaBroken(name, error.line, error.detail, error)
  }
}

/** Tries every statement again and again, as long as one more of them works: what one needs may come after it. */
async function makeInAnyOrder(
  connection: Connection,
  statements: readonly DeclaredStatement[],
): Promise<void> {
  // A function may name what comes after it.
  await connection.run('SET check_function_bodies = off')
  const isPassing = connection.transaction() === 'open'
  let left = statements
  while (left.length > 0) {
    const failed: Failed[] = []
    for (const statement of left) {
      if (/^copy\b.*\bfrom\s+stdin\b/is.test(statement.text))
        throw new SchemaBroken(statement.source, statement.line, 'it has rows, and a schema has none.')
      const error = await withRoles(connection, () => tried(connection, statement, isPassing))
        .then(() => null)
        .catch((thrown: unknown) => thrown)
      if (error !== null && !(error instanceof LimbeckError)) throw error
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

/** In a transaction, a statement that fails takes nothing else with it. */
async function tried(connection: Connection, { text }: DeclaredStatement, isPassing: boolean): Promise<void> {
  if (!isPassing) return void (await connection.run(text))
  try {
    await connection.run(`SAVEPOINT tried;\n${text};\nRELEASE tried`)
  } catch (error) {
    await connection.run('ROLLBACK TO tried')
    throw error
  }
}
