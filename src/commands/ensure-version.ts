import { type Config, resolveProject } from './project.ts'
import { type RunOptions, withSession } from './session.ts'

/** Makes the ledger, or brings it up to date, and nothing else. */
export async function ensureVersion(
  config: Config = {},
  options: RunOptions = {},
): Promise<{ readonly database: string; readonly ledgerSchema: string }> {
  const project = resolveProject(config)
  return withSession(project, options, async ({ connection }) => ({
    database: connection.database,
    ledgerSchema: project.ledgerSchema,
  }))
}
