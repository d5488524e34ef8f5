import {
  closeSync,
  type Dirent,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { resolve, sep } from 'node:path'
import { LimbeckError } from '../error.ts'
import { type RevisionHeader, revisionOf } from './header.ts'
import { type Header, scanScript } from './header-scan.ts'
import { scanSql } from './sql-file.ts'

/** A directory of revisions that is not there. */
export class MissingDirectory extends LimbeckError {
  readonly code = 'MISSING_DIRECTORY'
  readonly directory: string

  constructor(directory: string, cause: unknown) {
    super(`There is no directory of revisions at ${resolve(directory)}.`, {
      hint: 'Create it with "limbeck init", or correct the directories in the configuration.',
      cause,
    })
    this.directory = directory
  }
}

type Scan = (text: string) => Header

const SCANS: ReadonlyMap<string, Scan> = new Map([
  ['.ts', scanScript],
  ['.mts', scanScript],
  ['.js', scanScript],
  ['.mjs', scanScript],
  ['.sql', scanSql],
])

const NO_REVISION = /\.(?:d|test)\.\w+$/

/** As much of a file as nearly every header fits in; what is read and not needed costs in ten thousand files. */
const FIRST_BYTES = 1024

/**
 * The headers of all revision files in the directories, none of which is run. Passed over are modules that are no
 * revisions, `node_modules`, names that begin with a dot, declarations (`.d.ts`) and tests (`.test.ts`). A directory
 * that is reached twice is read once.
 */
export function readRevisions(
  directories: readonly string[],
  { recursive }: { readonly recursive: boolean },
): readonly RevisionHeader[] {
  const visited = new Set<string>()
  const files = directories.flatMap((directory) => revisionFiles(directory, { recursive, visited }))
  const buffer = Buffer.allocUnsafe(FIRST_BYTES)
  const revisions: RevisionHeader[] = []
  for (const file of files) {
    const revision = readRevision(file, buffer)
    if (revision) revisions.push(revision)
  }
  return revisions
}

type RevisionFile = { readonly path: string; readonly scan: Scan }

type Walk = { readonly recursive: boolean; readonly visited: Set<string> }

function revisionFiles(directory: string, walk: Walk): readonly RevisionFile[] {
  const entries = readDirectory(directory)
  const absolute = realpathSync(directory)
  if (walk.visited.has(absolute)) return []
  walk.visited.add(absolute)
  const files: RevisionFile[] = []
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    // Not `join`, which would normalise the same directory ten thousand times.
    const path = directory + sep + entry.name
    const kind = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry
    if (kind?.isDirectory() && walk.recursive) files.push(...revisionFiles(path, walk))
    const scan = kind?.isFile() ? scanOf(entry.name) : undefined
    if (scan) files.push({ path, scan })
  }
  return files
}

function readDirectory(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch (cause) {
    throw new MissingDirectory(directory, cause)
  }
}

function scanOf(name: string): Scan | undefined {
  return NO_REVISION.test(name) ? undefined : SCANS.get(name.slice(name.lastIndexOf('.')))
}

function readRevision({ path, scan }: RevisionFile, buffer: Buffer): RevisionHeader | null {
  const { text, whole } = readStart(path, buffer)
  const header = scan(text)
  return revisionOf(header.complete || whole ? header : scan(readFileSync(path, 'utf8')), path)
}

function readStart(file: string, buffer: Buffer): { readonly text: string; readonly whole: boolean } {
  const descriptor = openSync(file, 'r')
  try {
    const length = readSync(descriptor, buffer, 0, buffer.length, 0)
    const text = buffer.toString('utf8', 0, length)
    // A line that is cut off could read as another one, so it is left for the second read.
    if (length === buffer.length) return { text: text.slice(0, text.lastIndexOf('\n') + 1), whole: false }
    return { text, whole: true }
  } finally {
    closeSync(descriptor)
  }
}
