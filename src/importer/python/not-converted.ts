import { LimbeckError } from '../../error.ts'

/** Something in a Python file that the importer cannot say in TypeScript, and why. */
export class NotConverted extends LimbeckError {
  readonly code = 'NOT_CONVERTED'
  readonly reason: string
  /** Where it stands, once that is known. */
  place: { readonly file: string; readonly line: number } | null = null

  constructor(reason: string, options: { readonly cause?: unknown } = {}) {
    super(reason, options)
    this.reason = reason
  }
}
