import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { embeddedMajor } from '../../connection/address.ts'
import { cacheDirectory } from '../../connection/cache-directory.ts'
import { removeOldest } from '../../connection/remove-oldest.ts'
import { LimbeckError } from '../../error.ts'
import type { Revision } from '../../graph/revision.ts'
import { planAll } from '../plan-all.ts'
import type { Project } from '../project.ts'
import { tryingVocabulary } from '../shadow.ts'
import { digest, readers, textsOf } from '../snapshot-cache.ts'
import type { Verdict } from './verification.ts'

/** What was found of revisions before, where these and all that runs before them are what they were. */
export type KeptVerdicts = {
  get(verification: string, at: number): Verdict | null
  set(verification: string, at: number, verdict: Verdict): void
}

const nothingKept: KeptVerdicts = { get: () => null, set: () => {} }

/** Each takes some hundred bytes. */
const mostKept = 10_000

/** On the machine, for all projects. Whoever loses the folder loses time and nothing else. A server of the project's own may be another one tomorrow. */
export async function keptVerdicts(project: Project, revisions: readonly Revision[]): Promise<KeptVerdicts> {
  if (project.autogenerate.shadow !== 'embedded') return nothingKept
  const names = await namesOf(project, revisions)
  const folder = join(cacheDirectory(), 'verdicts')
  const fileOf = (verification: string, at: number) => {
    const name = names[at]
    return name === undefined ? null : join(folder, digest([name, verification]))
  }
  return {
    get(verification, at) {
      const file = fileOf(verification, at)
      if (file === null || !existsSync(file)) return null
      return JSON.parse(readFileSync(file, 'utf8')) as Verdict
    },
    set(verification, at, verdict) {
      const file = fileOf(verification, at)
      if (file === null) return
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const whole = `${file}.${process.pid}`
      writeFileSync(whole, JSON.stringify(verdict), { mode: 0o600 })
      renameSync(whole, file)
      if (at === revisions.length - 1) removeOldest(folder, mostKept)
    },
  }
}

/** What each beginning of the revisions is called, both ways counted; as far as it is known before they run. */
async function namesOf(project: Project, revisions: readonly Revision[]): Promise<readonly string[]> {
  const { operations, ledgerSchema } = project
  const vocabulary = tryingVocabulary(operations)
  const planning = { server: { major: embeddedMajor }, operations, vocabulary }
  const names: string[] = []
  let name = digest([...readers(), ledgerSchema])
  for (const revision of revisions) {
    const upgrade = textsOf(await planAll([revision], 'upgrade', planning))
    const downgrade = await planAll([revision], 'downgrade', planning).then(textsOf, whyNot)
    if (upgrade === null || downgrade === null) return names
    name = digest([name, revision.file, ...upgrade.flat(), 'downgrade', ...downgrade.flat()])
    names.push(name)
  }
  return names
}

/** What cannot be undone says the same as long as it says why. */
function whyNot(error: unknown): readonly (readonly string[])[] {
  if (error instanceof LimbeckError) return [[error.message]]
  throw error
}
