import { LimbeckError } from '../error.ts'

/** A mistake in what a revision says, found before it runs: the error's own message, with the file and line. */
export class RevisionMistake extends LimbeckError {
  readonly code = 'REVISION_MISTAKE'
  readonly revision: string
  readonly file: string
  readonly line: number | null

  constructor(revision: string, file: string, line: number | null, cause: LimbeckError) {
    super(`${file}${line === null ? '' : `:${line}`}: ${cause.message}`, {
      cause,
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
    })
    this.revision = revision
    this.file = file
    this.line = line
  }
}
