/**
 * The time that the batches of a range take, told to the ledger with their checkpoints: waiting between batches is none of it.
 * A checkpoint cannot know how long its own writing takes; that is told with the next one, or at the range's end.
 */
export type WorkTime = {
  begin(): void
  /** Milliseconds that the ledger does not know yet; they are told if the checkpoint that takes them is written. */
  untold(): number
  /** Ends an attempt at a batch, whose checkpoint was written or was not, and gives its milliseconds. */
  end(written: boolean): number
}

export function workTime(): WorkTime {
  let before = 0
  let began = performance.now()
  let taken = 0
  return {
    begin() {
      began = performance.now()
      taken = 0
    },
    untold() {
      taken = Math.max(0, Math.round(before + performance.now() - began))
      return taken
    },
    end(written) {
      const milliseconds = performance.now() - began
      before += milliseconds - (written ? taken : 0)
      taken = 0
      began = performance.now()
      return milliseconds
    },
  }
}
