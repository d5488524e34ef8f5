import { fileURLToPath } from 'node:url'
import { downgrade } from '../../src/commands/downgrade.ts'
import type { RunOptions } from '../../src/commands/session.ts'
import { upgrade } from '../../src/commands/upgrade.ts'

/** One command: one of the six migrations, or what comes before them, up or down. */
export type Move = { readonly direction: 'upgrade' | 'downgrade'; readonly to: string }

/** The revisions of examples/six, in order. */
export const revisions = [
  'previous_rev',
  'add_org_001',
  'idx_user_search',
  'migrate_prefs',
  'enum_status',
  'events_partition',
  'rename_email_p1',
] as const

/** Batches are halved from 40 rows to 10 however fast they are, so that every run sends the same requests. */
const pace = { batchRows: 40, batchMilliseconds: 0 }

/** Makes a move. It names its target, so that it may be made again wherever the last attempt has ended. */
export async function make(move: Move, database: string, options: RunOptions = {}): Promise<void> {
  const directory = fileURLToPath(new URL('../../examples/six', import.meta.url))
  const config = { directory, database, ...pace }
  if (move.direction === 'upgrade') await upgrade(config, { to: move.to, ...options })
  else await downgrade(config, { to: move.to, acceptLoss: true, ...options })
}
