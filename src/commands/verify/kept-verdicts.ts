import { join } from 'node:path'
import { embeddedMajor } from '../../connection/address.ts'
import { cacheDirectory } from '../../connection/cache-directory.ts'
import { pgliteVersion } from '../../connection/pglite.ts'
import { LimbeckError } from '../../error.ts'
import type { Revision } from '../../graph/revision.ts'
import { version } from '../../version.ts'
import { codeIn, readKept, writeKept } from '../kept-file.ts'
import { planAll } from '../plan-all.ts'
import type { Project } from '../project.ts'
import { tryingVocabulary } from '../shadow.ts'
import { digest, textsOf } from '../snapshot-cache.ts'
import type { Verdict } from './verification.ts'

/** What was found of revisions before, where these and all that runs before them are what they were. */
export type KeptVerdicts = {
  /** `what`: the verification, and what else its verdict hangs on. */
  get(what: string, at: number): Verdict | null
  set(what: string, at: number, verdict: Verdict): void
  /** Writes down what was set. */
  save(): void
}

const nothingKept: KeptVerdicts = { get: () => null, set: () => {}, save: () => {} }

/** Projects of which verdicts are kept. */
const mostKept = 100

/** On the machine, a file for each project. Whoever loses it loses time and nothing else. A server of the project's own may be another one tomorrow. */
export async function keptVerdicts(project: Project, revisions: readonly Revision[]): Promise<KeptVerdicts> {
  if (project.autogenerate.shadow !== 'embedded') return nothingKept
  const names = await namesOf(project, revisions)
  const file = join(cacheDirectory(), 'verdicts', digest(project.migrations))
  const kept = new Map(readKept(file) as ReadonlyMap<string, Verdict> | null)
  const keyOf = (what: string, at: number) => `${names[at]} ${what}`
  return {
    get: (what, at) => (at < names.length ? (kept.get(keyOf(what, at)) ?? null) : null),
    set(what, at, verdict) {
      if (at < names.length) kept.set(keyOf(what, at), verdict)
    },
    save() {
      // What is no revision any more, or another one, is nobody's.
      const current = new Set(names)
      for (const key of kept.keys()) if (!current.has(key.split(' ')[0] ?? '')) kept.delete(key)
      writeKept(file, kept, mostKept)
    },
  }
}

/** What each beginning of the revisions is called, both ways counted; as far as it is known before they run. */
async function namesOf(project: Project, revisions: readonly Revision[]): Promise<readonly string[]> {
  const { operations, ledgerSchema } = project
  const vocabulary = tryingVocabulary(operations)
  const planning = { server: { major: embeddedMajor }, operations, vocabulary }
  const names: string[] = []
  let name = digest([...tryers(), ledgerSchema])
  for (const revision of revisions) {
    const upgrade = textsOf(await planAll([revision], 'upgrade', planning))
    const downgrade = await planAll([revision], 'downgrade', planning).then(textsOf, whyNot)
    if (upgrade === null || downgrade === null) return names
    name = digest([name, revision.file, ...upgrade.flat(), 'downgrade', ...downgrade.flat()])
    names.push(name)
  }
  return names
}

/** What tries a revision. */
function tryers(): readonly string[] {
  const here = import.meta.dirname
  return [version, pgliteVersion(), ...codeIn([here, join(here, '..'), join(here, '..', '..', 'catalog')])]
}

/** What cannot be undone says the same as long as it says why. */
function whyNot(error: unknown): readonly (readonly string[])[] {
  if (error instanceof LimbeckError) return [[error.message]]
  throw error
}
