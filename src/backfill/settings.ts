import { defaultPace, type Pace } from './pace.ts'
import { defaultThrottle, type Throttle } from './throttle.ts'

/** How backfills run in a project. */
export type BackfillSettings = {
  readonly pace: Pace
  /** How many rows make it worth while to cut a table so that several sessions can work. */
  readonly rangeRows: number
  readonly throttle: Throttle
  /**
   * Seconds after which a worker whose checkpoint has not moved, and for which the server does nothing, counts as frozen.
   * Longer than a transform or a `process` ever takes for a batch, or a worker that is slow is ended like one that is stuck.
   */
  readonly frozenAfterSeconds: number
}

export const defaultBackfillSettings: BackfillSettings = {
  pace: defaultPace,
  rangeRows: 25_000,
  throttle: defaultThrottle,
  frozenAfterSeconds: 60,
}
