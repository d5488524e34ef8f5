import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { formOf } from './form.ts'
import type { KeyPosition } from './key.ts'
import { resetOwnSettings, setOwnSettings } from './own-settings.ts'
import { sourceOf } from './source.ts'

/** What a look at every row has found. */
export type Verification = {
  readonly title: string
  /** Rows of the source that were looked at. */
  readonly checked: number
  /** Rows that are not what the backfill makes of them: of the source for a `set`, of the target for a transform. */
  readonly wrong: number
  /** How many of them were put right. */
  readonly repaired: number
  /** The keys of the first ten source rows that are wrong. */
  readonly examples: readonly KeyPosition[]
}

/** What a backfill should have made is not known outside of its function. */
export class CannotVerify extends LimbeckError {
  readonly code = 'CANNOT_VERIFY'
  readonly title: string

  constructor(title: string) {
    super(`The backfill ${title} cannot be verified: what it should have done is known to it alone.`, {
      hint: 'Verify it with SQL of your own; op.assert in the next revision stops where it does not hold.',
    })
    this.title = title
  }
}

export type VerifyOptions = {
  readonly connection: Connection
  readonly plan: BackfillPlan
  /** Puts right what is wrong, page by page, each in a transaction of its own. */
  readonly repair: boolean
  readonly signal: AbortSignal | undefined
}

/** What one page has shown. */
export type PageVerdict = {
  readonly rows: number
  readonly wrong: number
  readonly repaired: number
  readonly last: KeyPosition | null
  readonly examples: readonly KeyPosition[]
}

export type PageCheck = (after: KeyPosition | null) => Promise<PageVerdict>

/** Rows of a page: nothing is locked while one is checked. */
export const pageRows = 5_000
export const mostExamples = 10

/** Compares every row of a backfill's source with what the backfill should have made of it, page by page along the key. */
export async function verifyBackfill(options: VerifyOptions): Promise<Verification> {
  const { connection, plan, repair, signal } = options
  const key = await sourceOf(plan).key(connection)
  const check = await formOf(plan).check?.(options, key)
  if (check === undefined) throw new CannotVerify(plan.title)
  // A repair writes what the backfill would have written, and triggers are to see it as such.
  if (repair) await connection.run(setOwnSettings(plan).join(';\n'))
  let found: Verification = { title: plan.title, checked: 0, wrong: 0, repaired: 0, examples: [] }
  let after: KeyPosition | null = null
  for (;;) {
    signal?.throwIfAborted()
    const page: PageVerdict = await check(after)
    found = {
      ...found,
      checked: found.checked + page.rows,
      wrong: found.wrong + page.wrong,
      repaired: found.repaired + page.repaired,
      examples: [...found.examples, ...page.examples].slice(0, mostExamples),
    }
    if (page.last === null) break
    after = page.last
  }
  if (repair) await connection.run(resetOwnSettings(plan).join(';\n'))
  return found
}
