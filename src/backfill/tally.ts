import type { BackfillProgress } from './backfill-run.ts'
import type { BatchDone } from './batch.ts'
import type { Range } from './range.ts'

type Counts = { readonly scanned: number; readonly written: number; readonly batches: number }

/** What is done of a backfill, by this process as it goes on and by others as the ledger last said. */
export type Tally = {
  /** What the ledger says of all ranges; those that this process is at are better known here. */
  saw(ranges: readonly Range[]): void
  claimed(range: Range): void
  released(range: Range): void
  add(range: Range, batch: BatchDone & { readonly milliseconds: number }): BackfillProgress
  progress(): BackfillProgress
}

export function newTally(title: string, estimated: number): Tally {
  const counts = new Map<number, Counts>()
  const own = new Set<number>()
  let last = { batchRows: 0, batchMilliseconds: 0 }
  const sum = (count: keyof Counts) => [...counts.values()].reduce((total, one) => total + one[count], 0)
  const progress = () => ({
    title,
    estimated,
    scanned: sum('scanned'),
    written: sum('written'),
    batches: sum('batches'),
    ...last,
  })
  const take = ({ ordinal, scanned, written, batches }: Range) =>
    counts.set(ordinal, { scanned, written, batches })
  return {
    saw(ranges) {
      for (const range of ranges) if (!own.has(range.ordinal)) take(range)
    },
    claimed(range) {
      own.add(range.ordinal)
      take(range)
    },
    released: ({ ordinal }) => void own.delete(ordinal),
    add({ ordinal }, { scanned, written, milliseconds }) {
      const before = counts.get(ordinal) ?? { scanned: 0, written: 0, batches: 0 }
      counts.set(ordinal, {
        scanned: before.scanned + scanned,
        written: before.written + written,
        batches: before.batches + 1,
      })
      last = { batchRows: scanned, batchMilliseconds: milliseconds }
      return progress()
    },
    progress,
  }
}
