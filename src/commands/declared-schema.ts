import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import type { ToldRename } from '../autogenerate/renames.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { openForDriver } from '../connection/connect.ts'
import { LimbeckError } from '../error.ts'
import type { Directive } from '../operations/operation.ts'
import { printDirective } from '../operations/print.ts'
import { lineComments } from '../sql/statements.ts'
import { makeStatements, SchemaBroken, type Source, statementsOf } from './declared-statements.ts'
import { makingOfDatabase } from './making.ts'
import { databaseAddress, type Project } from './project.ts'
import { onScratch } from './prove.ts'
import { type Bare, makeDirectives, sessionOn, snapshotOf } from './shadow.ts'
import { SqlFileMissing } from './sql-file-missing.ts'
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

/** What declares a schema, once it is read: the texts of somebody, or what makes a database as one is that has it. */
export type Declaration =
  | { readonly sources: readonly Source[] }
  | { readonly directives: readonly Directive[] }

/** All that the schema hangs on. */
export function declaringTexts(declaration: Declaration): readonly string[] {
  if ('directives' in declaration) return declaration.directives.map((directive) => printDirective(directive))
  return declaration.sources.map(({ text }) => text)
}

/** What makes what is declared on an empty database, and reads it. What PostgreSQL's parser has to say to it, it says while that database starts. */
export function makerOf(
  declaration: Declaration,
  options: Parameters<typeof statementsOf>[1] = {},
): (empty: Bare) => Promise<Snapshot> {
  if ('directives' in declaration)
    return async (empty) => {
      await makeDirectives(await sessionOn(empty), 'declared', declaration.directives)
      return snapshotOf(empty)
    }
  const statements = statementsOf(declaration.sources, options)
  // Whoever makes it is told.
  statements.catch(() => {})
  return async (empty) => {
    await makeStatements(empty.connection, await statements)
    return snapshotOf(empty)
  }
}

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
  return onScratch(project, async (address) => {
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

const making = '"pg_dump --schema-only DATABASE > schema.sql" makes one of a database.'

function filesAt(path: string, directory: string): readonly Source[] {
  const name = relative(directory, path)
  if (!existsSync(path)) throw new SqlFileMissing(path, { directory, making })
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
