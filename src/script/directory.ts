import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { LimbeckError } from '../error.ts'
import { revisionChecksum } from './checksum.ts'
import { type RevisionHeader, revisionOf, scriptHeader } from './header.ts'
import type { Header } from './header-scan.ts'
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
  ['.ts', scriptHeader],
  ['.mts', scriptHeader],
  ['.js', scriptHeader],
  ['.mjs', scriptHeader],
  ['.sql', scanSql],
])

const NO_REVISION = /\.(?:d|test)\.\w+$/

/**
 * The headers of all revision files in the directories, none of which is run. Passed over are modules that are no
 * revisions, `node_modules`, names that begin with a dot, declarations (`.d.ts`) and tests (`.test.ts`). A directory
 * that is reached twice is read once.
 */
export function readRevisions(
  directories: readonly string[],
  { recursive, checksums = false }: { readonly recursive: boolean; readonly checksums?: boolean },
): readonly FoundRevision[] {
  const visited = new Set<string>()
  const files = directories.flatMap((directory) => revisionFiles(directory, { recursive, visited }))
  const revisions: FoundRevision[] = []
  for (const file of files) {
    const revision = readRevision(file, checksums)
    if (revision) revisions.push(revision)
  }
  return revisions
}

/** A revision's header, and the checksum of its file where that was asked for. */
export type FoundRevision = RevisionHeader & { readonly checksum: string | null }

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

function readRevision({ path, scan }: RevisionFile, checksums: boolean): FoundRevision | null {
  const text = readFileSync(path, 'utf8')
  const revision = revisionOf(scan(text), path)
  return revision === null
    ? null
    : { ...revision, checksum: checksums ? revisionChecksum(revision, text) : null }
}
