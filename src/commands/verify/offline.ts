import { LimbeckError } from '../../error.ts'
import type { Revision } from '../../graph/revision.ts'
import { CannotRunOffline, offlineScript } from '../../migrate/offline.ts'
import { runScript } from '../../migrate/run-script.ts'
import type { Project } from '../project.ts'
import { onShadow } from '../prove.ts'
import { withServerObjects } from '../server-objects.ts'
import type { Session } from '../session.ts'
import { runPlanned, schemaReader } from '../shadow.ts'
import { difference } from './round-trip.ts'
import { findingOf, inTurn, together, type Verdict, type Verification } from './verification.ts'
import { plansOf, type Standing } from './walk.ts'

export const runsOffline: Verification = {
  name: 'offline',
  title: 'the script of "upgrade --sql" makes what a run makes',
  async verify(subject) {
    const { project, revisions, first, walk } = subject
    return together(
      await inTurn(subject, runsOffline.name, async () => {
        const [scripted, steps] = await Promise.all([runScripts(project, revisions, first), walk()])
        return scripted.map((one, at) => verdictOf(one, steps[at]?.up ?? null))
      }),
    )
  },
}

/** What a run does not make either is found on the walk. */
function verdictOf(one: Scripted, online: Standing | null): Verdict {
  const notes = 'online' in one && one.online !== null ? [one.online.message] : []
  if (online === null) return { findings: [], notes }
  if ('failure' in one) {
    const message = `Its script fails, and a run does not: ${one.failure.message}`
    return { findings: [findingOf(one.revision, message)], notes }
  }
  const other = difference(online, one)
  if (other.length === 0) return { findings: [], notes }
  return { findings: [findingOf(one.revision, 'Its script makes another schema than a run.', other)], notes }
}

type Scripted = { readonly revision: Revision } & (
  | { readonly catalog: readonly string[] /** Why it cannot be a script. */; readonly online: Error | null }
  | { readonly failure: Error }
)

/** One after the other until one fails, each by a script of its own; what cannot be one runs as it does elsewhere. */
function runScripts(
  project: Project,
  revisions: readonly Revision[],
  first: number,
): Promise<readonly Scripted[]> {
  return onShadow(project, async (session) => {
    const readSchema = await schemaReader(session)
    await runPlanned(session, await plansOf(session, revisions.slice(0, first), 'upgrade'))
    const done: Scripted[] = []
    for (const revision of revisions.slice(first)) {
      try {
        const online = await runOne(session, revision)
        done.push({ revision, catalog: await readSchema(), online })
      } catch (error) {
        if (!(error instanceof LimbeckError)) throw error
        return [...done, { revision, failure: error }]
      }
    }
    return done
  })
}

async function runOne(session: Session, revision: Revision): Promise<CannotRunOffline | null> {
  const { connection, ledger } = session
  const plans = await plansOf(session, [revision], 'upgrade')
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
