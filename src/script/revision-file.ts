import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import { InvalidField } from '../operations/field-check.ts'
import { builtIn, UnknownOperation, type Vocabulary } from '../operations/operations.ts'
import {
  type RecordedDirective,
  type Recording,
  type RevisionFunction,
  record,
} from '../operations/recording.ts'
import { revisionChecksum } from './checksum.ts'
import { importModule } from './import-module.ts'
import { RevisionMistake } from './revision-mistake.ts'
import { splitSqlFile } from './sql-file.ts'

/** A revision's file, loaded: what it does in each direction. */
export type RevisionFile = {
  readonly revision: Revision
  readonly checksum: string
  readonly upgrade: RevisionFunction
  /** Null where it is to be derived from the upgrade. */
  readonly downgrade: RevisionFunction | null
  /** Why the revision cannot be undone, where the file says so itself. */
  readonly irreversible: string | null
  recordUpgrade(): Promise<Recording>
  /** Null where it is to be derived. */
  recordDowngrade(): Promise<Recording | null>
}

/** A revision's file cannot be loaded, or does not export what it has to. */
export class RevisionFileBroken extends LimbeckError {
  readonly code = 'REVISION_FILE_BROKEN'
  readonly file: string

  constructor(file: string, reason: string, options: { hint?: string; cause?: unknown } = {}) {
    super(`${file}: ${reason}`, options)
    this.file = file
  }
}

/** The code of a revision itself threw. */
export class RevisionThrew extends LimbeckError {
  readonly code = 'REVISION_THREW'
  readonly revision: string
  readonly file: string
  readonly line: number | null

  constructor({ id, file }: Revision, cause: unknown) {
    const line = cause instanceof Error ? lineIn(file, cause) : null
    super(
      `${file}${line === null ? '' : `:${line}`}: ${id} threw ${cause instanceof Error ? cause : String(cause)}`,
      {
        hint: 'Mend the file and run the command again: what is done stays done, and it goes on from there.',
        cause,
      },
    )
    this.revision = id
    this.file = file
    this.line = line
  }
}

/** The line of a file at which an error came about: that of the innermost frame in it, named by URL or, by loaders, by path. */
function lineIn(file: string, error: Error): number | null {
  const names = [pathToFileURL(file).href, file]
  const frame = error.stack?.split('\n').find((text) => names.some((name) => text.includes(`${name}?`)))
  const line = frame?.match(/:(\d+):\d+\)?$/)?.[1]
  return line === undefined ? null : Number(line)
}

/** Loads the file of a revision that is about to run. Node strips the types; nothing but the file is resolved. */
export async function loadRevision(
  revision: Revision,
  vocabulary: Vocabulary = builtIn,
): Promise<RevisionFile> {
  const checksum = revisionChecksum(revision)
  if (revision.file.endsWith('.sql')) return sqlRevision(revision, checksum)
  const module = await importFile(revision.file, checksum)
  const { upgrade, downgrade, irreversible } = module
  if (typeof upgrade !== 'function') {
    throw new RevisionFileBroken(revision.file, 'it exports no function "upgrade".', {
      hint: 'Write "export function upgrade(op: Operations) { … }".',
    })
  }
  if (downgrade !== undefined && typeof downgrade !== 'function') {
    throw new RevisionFileBroken(revision.file, 'its "downgrade" is not a function.')
  }
  const up = traced(upgrade as RevisionFunction, revision)
  const down = downgrade === undefined ? null : traced(downgrade as RevisionFunction, revision)
  return {
    revision,
    checksum,
    upgrade: up,
    downgrade: down,
    irreversible: typeof irreversible === 'string' ? irreversible : null,
    recordUpgrade: () => record(up, { vocabulary, file: revision.file }),
    recordDowngrade: async () => (down === null ? null : record(down, { vocabulary, file: revision.file })),
  }
}

/** A function of the file's; what its own code throws is told with the line. */
function traced(revise: RevisionFunction, revision: Revision): RevisionFunction {
  return async (op) => {
    try {
      await revise(op)
    } catch (error) {
      if (error instanceof InvalidField || error instanceof UnknownOperation)
        throw new RevisionMistake(revision.id, revision.file, lineIn(revision.file, error), error)
      throw error instanceof LimbeckError ? error : new RevisionThrew(revision, error)
    }
  }
}

/** Node keeps a module for as long as the process lives; under the name of its text, a file that was mended is loaded anew. */
async function importFile(file: string, checksum: string): Promise<{ readonly [name: string]: unknown }> {
  try {
    return await importModule(file, checksum.slice(0, 12))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new RevisionFileBroken(file, `it cannot be loaded: ${reason}`, {
      cause: error,
      ...importHint(error),
    })
  }
}

function importHint(error: unknown): { hint?: string } {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return { hint: 'Node strips types and compiles nothing: no enums, namespaces or parameter properties.' }
  }
  if (code === 'ERR_MODULE_NOT_FOUND')
    return { hint: 'Import types with "import type": they are gone at run time.' }
  return {}
}

function sqlRevision(revision: Revision, checksum: string): RevisionFile {
  const parts = splitSqlFile(readFileSync(revision.file, 'utf8'), revision.file)
  const directive = (part: { readonly text: string; readonly line: number }): RecordedDirective => ({
    directive: { kind: 'execute', sql: part.text } as RecordedDirective['directive'],
    at: { line: part.line, column: 1 },
    verbatim: true,
  })
  const recording = (part: { readonly text: string; readonly line: number }): Recording => ({
    directives: [directive(part)],
    open: null,
  })
  const nothing: RevisionFunction = () => {}
  return {
    revision,
    checksum,
    upgrade: nothing,
    downgrade: nothing,
    irreversible: parts.downgrade === null ? 'the file has no "-- downgrade" part.' : null,
    recordUpgrade: async () => recording(parts.upgrade),
    recordDowngrade: async () => (parts.downgrade === null ? null : recording(parts.downgrade)),
  }
}
