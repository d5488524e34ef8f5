import type { Work } from './work.ts'

/**
 * What goes wrong. `blocks-…-long`: as long as something takes that grows with the rows. `bulk-row-locks`: most rows of a table are locked until
 * the transaction ends. `breaks-old-code`: what the application of the release before says fails. `fails-on-data`: with some rows, and not with others.
 * `hides-data`: rows are there and no longer read through the same name.
 */
export const hazardClasses = [
  'blocks-reads-long',
  'blocks-writes-long',
  'bulk-row-locks',
  'data-loss',
  'breaks-old-code',
  'fails-always',
  'fails-on-data',
  'leaves-invalid-index',
  'hides-data',
  'advice',
] as const
export type HazardClass = (typeof hazardClasses)[number]

/** From the worst on: `error` is what an upgrade refuses. */
export const levels = ['error', 'warning', 'advice'] as const
export type Level = (typeof levels)[number]

export type Hazard = {
  readonly rule: string
  readonly class: HazardClass
  readonly level: Level
  /** What happens, in a sentence, with its names. */
  readonly message: string
  /** How it is known: the lock that was seen, PostgreSQL's own note, its error. */
  readonly evidence: readonly string[]
  /** What to write instead, as Limbeck code or in words. */
  readonly recipe: string | null
  /** The relations that it is about. */
  readonly relations: readonly string[]
  /** What takes the longer, the more rows there are. */
  readonly work: readonly Work[]
}
