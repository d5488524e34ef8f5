import { type Operation, operation } from './operation.ts'

export type RequireBackfill = {
  /** The revision that was recorded without its backfills. */
  readonly revision: string
}

/**
 * Goes on only where the backfills of a revision are finished that was recorded without them (`detach`). Where both revisions
 * are pending in one run, the backfill is done in its place. What takes a table or a column away, `contractColumn` and
 * `setNotNull` require by themselves the backfills that have to do with them; say this before SQL of your own that relies on one.
 */
export const requireBackfill: Operation<'requireBackfill', RequireBackfill> = operation('requireBackfill', {
  title: (fields) => `require the backfills of ${fields.revision}`,
  steps: () => [],
  inverse: () => [],
  needsBackfills: (fields) => [{ revision: fields.revision }],
  locks: () => [],
  examples: [{ fields: { revision: 'fill_emails' } }],
})
