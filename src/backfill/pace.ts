/** How large batches are, and how they grow and shrink with the time that they take. */
export type Pace = {
  /** Rows of the first batch. */
  readonly firstBatch: number
  /** Milliseconds that a batch should take: its rows stay locked for so long. */
  readonly targetMilliseconds: number
  readonly smallestBatch: number
  readonly largestBatch: number
}

export const defaultPace: Pace = {
  firstBatch: 1_000,
  targetMilliseconds: 75,
  smallestBatch: 10,
  largestBatch: 50_000,
}

/** The next batch's rows: at most twice as many at once, and at least half as many, aimed at the target time. */
export function nextBatch(pace: Pace, rows: number, milliseconds: number): number {
  const aimed = rows * (pace.targetMilliseconds / Math.max(1, milliseconds))
  const bounded = Math.max(rows / 2, Math.min(rows * 2, aimed))
  return Math.round(Math.max(pace.smallestBatch, Math.min(pace.largestBatch, bounded)))
}
