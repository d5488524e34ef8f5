import { LimbeckError } from '../error.ts'

/** A change that cannot be made without dropping what rows are in. */
export class RowsInTheWay extends LimbeckError {
  readonly code = 'ROWS_IN_THE_WAY'
  readonly object: string
  readonly because: string

  constructor(object: string, because: string) {
    const also = object === because ? 'and it has rows' : `and ${object} with it, which has rows`
    super(`The ${because} can only be changed by making it anew, ${also}.`, {
      hint: 'Write this change by hand: an expandColumn to the new form, or a new object beside the old one. Or say --allow-loss, if its rows may go.',
    })
    this.object = object
    this.because = because
  }
}

/** What becomes of rows that are in the way of a change: they refuse it, or they go. */
export type RowsInWay = { readonly rows: 'stay' | 'go' }
