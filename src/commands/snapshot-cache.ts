import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Snapshot } from '../catalog/snapshot.ts'
import { cacheDirectory } from '../connection/cache-directory.ts'
import { pgliteVersion } from '../connection/pglite.ts'
import { printDirective } from '../operations/print.ts'
import { version } from '../version.ts'
import { codeIn, readKept, writeKept } from './kept-file.ts'
import type { LoadedPlan } from './plan-all.ts'

/** Snapshots of what was made from the same texts before. Whoever loses the folder loses time and nothing else. */
export type SnapshotCache = {
  get(texts: readonly string[]): Snapshot | null
  set(texts: readonly string[], snapshot: Snapshot): void
}

/** On the machine, for all projects. */
export function snapshotCache(): SnapshotCache {
  const same = readers()
  const folder = join(cacheDirectory(), 'snapshots')
  const fileOf = (texts: readonly string[]) => join(folder, digest([...same, ...texts]))
  return {
    get: (texts) => readKept(fileOf(texts)) as Snapshot | null,
    set: (texts, snapshot) => writeKept(fileOf(texts), snapshot, mostKept),
  }
}

/** For a server of the project's own, on which the same texts may make something else tomorrow. */
export const noCache: SnapshotCache = { get: () => null, set: () => {} }

/**
 * Of each revision all that says what it makes: what it says when it is asked, of which the text of its file is only a part. null where one of
 * them awaits something, so that nobody knows before it runs.
 */
export function textsOf(plans: readonly LoadedPlan[]): readonly (readonly string[])[] | null {
  if (plans.some(({ planned }) => planned.open !== null)) return null
  return plans.map(({ planned }) => [
    planned.revision.id,
    ...planned.directives.map(({ directive }) => printDirective(directive)),
    ...planned.steps.flat().map((step) => JSON.stringify(step, (_, value) => plain(value))),
  ])
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' || typeof value === 'function' ? String(value) : value
}

/** What reads a snapshot. */
function readers(): readonly string[] {
  const folders = [import.meta.dirname, join(import.meta.dirname, '..', 'catalog')]
  return [version, pgliteVersion(), ...codeIn(folders)]
}

/** A name for texts that no others have. */
export function digest(texts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${text.length} ${text}`)
  return hash.digest('hex')
}

/** Each takes up to some hundred KB; more of them are of schemas that nobody has any more. */
const mostKept = 100
