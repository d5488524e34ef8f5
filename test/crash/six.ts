import { fileURLToPath } from 'node:url'
import { downgrade } from '../../src/commands/downgrade.ts'
import type { RunOptions } from '../../src/commands/session.ts'
import { upgrade } from '../../src/commands/upgrade.ts'

/** The revisions of examples/six: what the six migrations stand on, and the six. */
export const revisions = [
  'previous_rev',
  'add_org_001',
  'idx_user_search',
  'migrate_prefs',
  'enum_status',
  'events_partition',
  'rename_email_p1',
] as const
export type SixRevision = (typeof revisions)[number]

/** One command: one revision up or down. */
export type Move = {
  readonly direction: 'upgrade' | 'downgrade'
  readonly revision: SixRevision
  /** Where it ends: an absolute target, so that the command may be given again wherever it has stopped. */
  readonly to: string
}

export const moves: readonly Move[] = revisions.flatMap((revision, n) => [
  { direction: 'upgrade', revision, to: revision },
  { direction: 'downgrade', revision, to: revisions[n - 1] ?? 'base' },
])

/** Batches shrink from 40 rows to 10 however fast they are, so that every run sends the same requests. */
const pace = { batchRows: 40, batchMilliseconds: 0 }

/** Gives the command. */
export async function make(move: Move, database: string, options: RunOptions = {}): Promise<void> {
  const directory = fileURLToPath(new URL('../../examples/six', import.meta.url))
  const config = { directory, database, ...pace }
  if (move.direction === 'upgrade') await upgrade(config, { to: move.to, ...options })
  else await downgrade(config, { to: move.to, acceptLoss: true, ...options })
}
