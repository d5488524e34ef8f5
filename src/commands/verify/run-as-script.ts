import type { Revision } from '../../graph/revision.ts'
import { CannotRunOffline, offlineParts } from '../../migrate/offline.ts'
import { runHead, runScript } from '../../migrate/run-script.ts'
import { withServerObjects } from '../server-objects.ts'
import type { Session } from '../session.ts'
import { plansOf } from './plans-of.ts'

/** Runs the script of one revision on a database that has those before it. Gives why there can be none, and then nothing was run. */
export async function runAsScript(
  { connection, ledger, project }: Session,
  revision: Revision,
): Promise<CannotRunOffline | null> {
  const plans = await plansOf({ connection, project }, [revision], 'upgrade')
  const title = `upgrade of ${revision.id}`
  const start = { applied: revision.downRevisions, absent: [revision.id] }
  try {
    const { head, work } = offlineParts({ title, major: connection.major, ledger, plans, start })
    await withServerObjects(connection, async () => {
      await runHead(connection, head)
      await runScript(connection, work)
    })
  } catch (error) {
    if (error instanceof CannotRunOffline) return error
    throw error
  }
  await connection.reset()
  // The session of a script ends with it, and with the session its lock.
  await connection.run('SELECT pg_advisory_unlock_all()')
  return null
}
