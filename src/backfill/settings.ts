import { defaultPace, type Pace } from './pace.ts'
import { defaultThrottle, type Throttle } from './throttle.ts'

/** How backfills run in a project. */
export type BackfillSettings = {
  readonly pace: Pace
  /** How many rows make it worth while to cut a table so that several sessions can work. */
  readonly rangeRows: number
  readonly throttle: Throttle
}

export const defaultBackfillSettings: BackfillSettings = {
  pace: defaultPace,
  rangeRows: 25_000,
  throttle: defaultThrottle,
}
