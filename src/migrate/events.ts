import type { BackfillProgress } from '../backfill/backfill-run.ts'
import type { FrozenWorker } from '../backfill/frozen.ts'
import type { LeaseHolder } from '../connection/lease.ts'
import type { Direction } from '../plan/plan.ts'
import type { Stage } from '../plan/stage.ts'
import type { Blocker } from './blockers.ts'
import type { StatementProgress } from './statement-progress.ts'

/** What a run tells while it goes on: for progress on a terminal, for logs, for a program. */
export type MigrateEvent =
  | { readonly type: 'lease-waiting'; readonly holder: LeaseHolder | null }
  | {
      /** Small revisions went out in one message; what they did is told when it is done. */
      readonly type: 'volley-sent'
      readonly revisions: readonly string[]
    }
  | {
      readonly type: 'revision-started'
      readonly revision: string
      readonly message: string
      readonly direction: Direction
      /** An earlier run began it. */
      readonly resumed: boolean
      /** What the plan warns of. */
      readonly warns: readonly string[]
      /** Null where the revision reads the database and its stages are not known before. */
      readonly stages: number | null
    }
  | {
      readonly type: 'stage-started'
      readonly revision: string
      readonly ordinal: number
      readonly kind: Stage['type']
      /** What it does, a line each directive. */
      readonly titles: readonly string[]
    }
  | {
      readonly type: 'stage-done'
      readonly revision: string
      readonly ordinal: number
      readonly kind: Stage['type']
      readonly titles: readonly string[]
      readonly milliseconds: number
      /** It was done by an earlier run and is not done again. */
      readonly skipped: boolean
      /** A backfill that is recorded, and that workers do. */
      readonly detached?: true
    }
  | { readonly type: 'backfill'; readonly revision: string; readonly progress: BackfillProgress }
  | {
      readonly type: 'backfill-waits'
      readonly revision: string
      /** Why it does not go on just now; null where it goes on again. */
      readonly reason: string | null
    }
  | {
      /** A backfill is recorded, and `backfill run` does it; the revision goes on. */
      readonly type: 'backfill-detached'
      readonly revision: string
      readonly title: string
    }
  | {
      /** A worker elsewhere did not move any more; its session was ended, and its range is taken over. */
      readonly type: 'worker-ended'
      readonly revision: string
      readonly worker: FrozenWorker
    }
  | {
      /** A backfill came to its end without some of its rows. */
      readonly type: 'rows-set-aside'
      readonly revision: string
      readonly rows: number
    }
  | {
      /** The file of a backfill that goes on was edited after it was begun. */
      readonly type: 'backfill-edited'
      readonly revision: string
      readonly title: string
    }
  | {
      readonly type: 'retry'
      readonly revision: string
      readonly reason: string
      readonly attempt: number
      readonly pauseMilliseconds: number
    }
  | {
      /** A statement waits for these; who was named before is not named again. */
      readonly type: 'blocked'
      readonly revision: string
      readonly blockers: readonly Blocker[]
    }
  | {
      /** Old sessions hold what the stage that begins will have to wait for. */
      readonly type: 'in-the-way'
      readonly revision: string
      readonly blockers: readonly Blocker[]
    }
  | {
      /** Something of the server's that a run with strong locks will meet, found before its first stage. */
      readonly type: 'found-before'
      readonly what: string
      readonly hint: string | null
    }
  | {
      /** A session was ended because it has blocked the run for so many seconds. */
      readonly type: 'blocker-terminated'
      readonly revision: string
      readonly blocker: Blocker
      readonly seconds: number
    }
  | {
      /** A blocker's time was up, and it was not ended. */
      readonly type: 'blocker-spared'
      readonly revision: string
      readonly blocker: Blocker
      readonly reason: string
      readonly hint: string
    }
  | {
      /** A statement that takes longer than a moment, again and again while it is at work. */
      readonly type: 'statement-progress'
      readonly revision: string
      readonly progress: StatementProgress
    }
  | {
      /** Nobody can look for whom the run waits: there was no session to look from, or its query failed. */
      readonly type: 'unwatched'
      readonly revision: string
      readonly reason: string
    }
  | {
      readonly type: 'revision-done'
      readonly revision: string
      readonly direction: Direction
      readonly milliseconds: number
    }

export type OnEvent = (event: MigrateEvent) => void
