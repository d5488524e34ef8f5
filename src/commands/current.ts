import type { EditedRevision } from './edited.ts'
import type { OtherTool } from './other-tools.ts'
import type { Config } from './project.ts'
import { status } from './status.ts'

export type CurrentReport = {
  readonly database: string
  readonly current: readonly { readonly id: string; readonly message: string; readonly isHead: boolean }[]
  /** Whether everything in the project's folders is applied. */
  readonly atHeads: boolean
  readonly edited: readonly EditedRevision[]
  /** Other migration tools whose tables say something of the database that the ledger does not. */
  readonly otherTools: readonly OtherTool[]
}

/** The revisions at which a database stands. */
export async function current(config: Config = {}): Promise<CurrentReport> {
  const report = await status(config)
  const messages = new Map(report.applied.map(({ id, message }) => [id, message]))
  return {
    database: report.database,
    current: report.current.map((id) => ({
      id,
      message: messages.get(id) ?? '',
      isHead: report.heads.includes(id),
    })),
    atHeads: report.pending.length === 0,
    edited: report.edited,
    otherTools: report.otherTools,
  }
}
