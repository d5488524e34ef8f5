import type { EmbeddedExtension } from '../connection/address.ts'
import { imageName } from '../connection/pglite.ts'
import { version } from '../version.ts'
import { openKept } from './kept-database.ts'
import type { LoadedPlan } from './plan-all.ts'
import type { Project } from './project.ts'
import type { Session } from './session.ts'
import { makePlanned, onOpen, sessionOn } from './shadow.ts'
import { digest } from './snapshot-cache.ts'

/** Revisions, planned for a shadow, and of each the texts that say all that it makes. */
export type KnownRevisions = {
  readonly plans: readonly LoadedPlan[]
  readonly texts: readonly (readonly string[])[]
  /** What can be created in the database: what they may ask for, and what is tried on it afterwards. */
  readonly extensions: readonly EmbeddedExtension[]
}

/**
 * Uses an embedded database in which revisions have run. It is kept on this machine, for all projects: the next time none of them is run
 * again, and of some more only these. Whoever loses what is kept loses time and nothing else.
 */
export async function onKeptShadow<Answer>(
  project: Project,
  { plans, texts, extensions }: KnownRevisions,
  use: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  const names = namesOf(project, texts)
  const kept = await openKept(project, names, { extensions }, async (bare) =>
    makePlanned(await sessionOn(bare), plans),
  )
  return onOpen(project, kept, async (bare) => use(await sessionOn(bare)))
}

/** What each beginning of the revisions is called, from none of them to all. */
function namesOf({ ledgerSchema }: Project, texts: KnownRevisions['texts']): readonly string[] {
  // The ledger of a newer Limbeck cannot be read by an older one, and another may make something else of the same text.
  const names = [digest([version, imageName(), ledgerSchema])]
  for (const text of texts) names.push(digest([names.at(-1) ?? '', ...text]))
  return names
}
