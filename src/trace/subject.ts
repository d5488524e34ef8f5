import type { Course } from '../operations/operation.ts'
import type { ParsedStatement } from '../sql/statements.ts'

/** One statement of a migration, and where it stands. */
export type TracedStatement = {
  readonly parsed: ParsedStatement
  /** As people know it: relative to where they stand. */
  readonly file: string
  readonly line: number
  readonly revision: string | null
  /** The stage of the revision, from 1; null in a file that is no revision. */
  readonly stage: number | null
  /** The directive of the revision that it comes from, in a line; null for SQL of the author's own. */
  readonly title: string | null
}

/** What is committed together; or a statement that is sent by itself, which is all that some of them bear. */
export type TracedTransaction = {
  readonly isBlock: boolean
  /** Nobody has said BEGIN: PostgreSQL makes one of each statement. */
  readonly isImplied?: boolean
  /** It ends with ROLLBACK. */
  readonly rollsBack: boolean
  readonly statements: readonly TracedStatement[]
  /** Where the statements are the preview of a procedure: what it really does, and whether that is run in any case, or where the preview fails. */
  readonly course?: { readonly when: 'always' | 'failed'; begin(): Course }
}
