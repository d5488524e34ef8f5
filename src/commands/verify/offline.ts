import { LimbeckError } from '../../error.ts'
import type { Revision } from '../../graph/revision.ts'
import { CannotRunOffline, offlineScript } from '../../migrate/offline.ts'
import { runScript } from '../../migrate/run-script.ts'
import { planAll } from '../plan-all.ts'
import type { Project } from '../project.ts'
import { onShadow } from '../prove.ts'
import { withServerObjects } from '../server-objects.ts'
import type { Session } from '../session.ts'
import { runPlanned, schemaText, tryingVocabulary } from '../shadow.ts'
import { difference } from './round-trip.ts'
import { type Finding, findingOf, type Verification } from './verification.ts'

export const runsOffline: Verification = {
  name: 'offline',
  title: 'the script of "upgrade --sql" makes what a run makes',
  async verify({ project, revisions, walk }) {
    const [scripted, steps] = await Promise.all([runScripts(project, revisions), walk()])
    const made = new Map(steps.map(({ revision, up }) => [revision.id, up]))
    return {
      findings: scripted.flatMap((one): readonly Finding[] => {
        // What a run does not make either is found on the walk.
        const online = made.get(one.revision.id) ?? null
        if (online === null) return []
        if ('failure' in one)
          return [findingOf(one.revision, `Its script fails, and a run does not: ${one.failure.message}`)]
        const other = difference(online, one)
        if (other.length === 0) return []
        return [findingOf(one.revision, 'Its script makes another schema than a run.', other)]
      }),
      notes: scripted.flatMap((one) => ('online' in one && one.online !== null ? [one.online.message] : [])),
    }
  },
}

type Scripted = { readonly revision: Revision } & (
  | { readonly catalog: readonly string[] /** Why it cannot be a script. */; readonly online: Error | null }
  | { readonly failure: Error }
)

/** One after the other until one fails, each by a script of its own; what cannot be one runs as it does elsewhere. */
function runScripts(project: Project, revisions: readonly Revision[]): Promise<readonly Scripted[]> {
  return onShadow(project, async (session) => {
    const done: Scripted[] = []
    for (const revision of revisions) {
      try {
        const online = await runOne(session, revision)
        done.push({ revision, catalog: await schemaText(session), online })
      } catch (error) {
        if (!(error instanceof LimbeckError)) throw error
        return [...done, { revision, failure: error }]
      }
    }
    return done
  })
}

async function runOne(session: Session, revision: Revision): Promise<CannotRunOffline | null> {
  const { connection, project, ledger } = session
  const { operations } = project
  const vocabulary = tryingVocabulary(operations)
  const plans = await planAll([revision], 'upgrade', { server: connection, operations, vocabulary })
  const { major } = connection
  const title = `upgrade of ${revision.id}`
  try {
    const start = { applied: revision.downRevisions, absent: [] }
    const script = offlineScript({ title, major, ledger, plans, start })
    await withServerObjects(connection, () => runScript(connection, script))
    await connection.reset()
    return null
  } catch (error) {
    if (!(error instanceof CannotRunOffline)) throw error
    await runPlanned(session, plans)
    return error
  }
}
