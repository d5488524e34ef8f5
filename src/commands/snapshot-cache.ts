import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { kinds } from '../catalog/kinds.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { cacheDirectory } from '../connection/cache-directory.ts'
import { pgliteVersion } from '../connection/embedded.ts'
import type { Revision } from '../graph/revision.ts'
import { version } from '../version.ts'
import type { Project } from './project.ts'

/** Snapshots of what was made from the same texts before. Whoever loses the folder loses time and nothing else. */
export type SnapshotCache = {
  get(texts: readonly string[]): Snapshot | null
  set(texts: readonly string[], snapshot: Snapshot): void
}

/** On the machine, for all projects. */
export function snapshotCache(): SnapshotCache {
  const same = readers()
  const fileOf = (texts: readonly string[]) =>
    join(cacheDirectory(), 'snapshots', digest([...same, ...texts]))
  return {
    get: (texts) => keptAt(fileOf(texts)),
    set: (texts, snapshot) => keep(fileOf(texts), snapshot),
  }
}

/** For a server of the project's own, on which the same texts may make something else tomorrow. */
export const noCache: SnapshotCache = { get: () => null, set: () => {} }

/** All that says what revisions make: their own texts and those of the files that they import, and the project's operations. */
export function revisionTexts(revisions: readonly Revision[], { operations }: Project): readonly string[] {
  const seen = new Set<string>()
  const texts: string[] = []
  const add = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return
    seen.add(file)
    const text = readFileSync(file, 'utf8')
    texts.push(text)
    for (const [, path = ''] of text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g))
      add(resolve(dirname(file), path))
  }
  for (const { file } of revisions) add(file)
  const own = operations.map(
    ({ kind, definition }) => `${kind} ${Object.values(definition).map(String).join()}`,
  )
  return [...texts, ...own]
}

/** What reads a snapshot: another one may find other things in the same database. */
function readers(): readonly string[] {
  const scope = { major: 0, isOurs: () => '', ofNoExtension: () => '' }
  const each = [...kinds.values()].map((kind) => `${kind.kind} ${kind.query(scope)} ${kind.read}`)
  return [version, pgliteVersion(), ...each]
}

function digest(texts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${text.length} ${text}`)
  return hash.digest('hex')
}

function keptAt(file: string): Snapshot | null {
  try {
    return deserialize(readFileSync(file)) as Snapshot
  } catch {
    // It is not there, or of another Node: either way it is read again.
    return null
  }
}

function keep(file: string, snapshot: Snapshot): void {
  mkdirSync(dirname(file), { recursive: true })
  const whole = `${file}.${process.pid}`
  writeFileSync(whole, serialize(snapshot))
  renameSync(whole, file)
}
