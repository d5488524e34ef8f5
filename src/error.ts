/**
 * The base of every error that Limbeck throws on purpose. The message says what happened, with the value; the
 * hint says what to do about it. A caller tells situations apart by `code`.
 */
export abstract class LimbeckError extends Error {
  /** Stable and upper case, for programs: `MULTIPLE_HEADS`. */
  abstract readonly code: string
  /** What a person can do now; absent where nothing better than the message can be said. */
  readonly hint: string | undefined

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.name = new.target.name
    this.hint = options.hint
  }
}
