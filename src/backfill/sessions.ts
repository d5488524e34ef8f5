import type { Connection } from '../connection/connection.ts'
import { shareLease } from '../connection/lease.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'

/**
 * Further sessions that see what the first one sees: the same role and the same settings, for the revision may have
 * chosen them. They share its lease, if it has one. Fewer than were asked for where there are no more to be had.
 */
export async function furtherSessions(
  connection: Connection,
  options: { readonly count: number; readonly lease: string | null },
): Promise<readonly Connection[]> {
  const sessions: Connection[] = []
  if (options.count < 1) return sessions
  const settings = await settingsOf(connection)
  try {
    while (sessions.length < options.count) {
      // A server that has no connection left has still the first one.
      const session = await connection.another().catch(() => null)
      if (session === null) break
      sessions.push(session)
      await session.run(settings)
      if (options.lease !== null) await shareLease(session, options.lease)
    }
    // The first one still has the lease, so nobody took it before the others had their share.
    await connection.run('SELECT 1')
    return sessions
  } catch (error) {
    for (const session of sessions) await session.close()
    throw error
  }
}

/** What a session has set for itself, as statements that set it. */
async function settingsOf(connection: Connection): Promise<string> {
  const [settings, roles] = await connection.run(`
    SELECT name, setting FROM pg_settings WHERE source = 'session' AND context IN ('user', 'superuser');
    SELECT session_user AS "session", current_setting('role') AS role`)
  return [
    ...(roles?.rows ?? []).flatMap(({ session, role }) => [
      `SET SESSION AUTHORIZATION ${quoteIdentifier(String(session))}`,
      ...(role === 'none' ? [] : [`SET ROLE ${quoteIdentifier(String(role))}`]),
    ]),
    ...(settings?.rows ?? []).map(
      ({ name, setting }) =>
        `SELECT set_config(${quoteLiteral(String(name))}, ${quoteLiteral(String(setting))}, false)`,
    ),
  ].join(';\n')
}
