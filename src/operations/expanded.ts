import { LimbeckError } from '../error.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { inlineSql } from '../sql/tag.ts'
import { type Expansion, isApart, newNames, oldNames, syncNames, titleOf, upward } from './expansion.ts'
import type { Course } from './operation.ts'
import { regclass, tableName } from './relation.ts'

/** The old and the new columns of a row do not follow from each other, or not yet. */
export class ColumnsApart extends LimbeckError {
  readonly code = 'COLUMNS_APART'
  /** How many rows do not agree, and of how many. */
  readonly rows: string
  readonly of: string

  constructor(expansion: Expansion, rows: string, of: string) {
    const columns = `${oldNames(expansion).join(', ')} and ${newNames(expansion).join(', ')}`
    const done = String(BigInt(of) - BigInt(rows))
    super(`In ${rows} of ${of} rows of ${expansion.table} ${columns} do not agree: ${done} are done.`, {
      hint: `Is the backfill finished, and is no row set aside ("limbeck backfill list", "limbeck backfill retry")? Then something has written past the triggers. Look at the rows: SELECT * FROM ${tableName(expansion)} WHERE ${isApart(expansion)} LIMIT 20. Where the old side is right: UPDATE ${tableName(expansion)} SET ${assignments(expansion)} WHERE the same.`,
    })
    this.rows = rows
    this.of = of
  }
}

function assignments(expansion: Expansion): string {
  return Object.entries(upward(expansion))
    .map(([name, up]) => `${quoteIdentifier(name)} = ${inlineSql(up)}`)
    .join(', ')
}

/** There is nothing to contract: the triggers of `expandColumn` are not there. */
export class NotExpanded extends LimbeckError {
  readonly code = 'NOT_EXPANDED'
  readonly column: string

  constructor(expansion: Expansion) {
    super(`The triggers that keep ${titleOf(expansion)} in step are not there.`, {
      hint: 'Say the same columns as expandColumn did, in a revision after it.',
    })
    this.column = titleOf(expansion)
  }
}

/** The trigger that looks at both sides is there from the expansion to the contract. */
export function* isExpanded(expansion: Expansion): Course<boolean> {
  const { function: sync } = syncNames(expansion)
  const [found] =
    yield `SELECT 1 FROM pg_trigger WHERE tgrelid = ${regclass({ ...expansion, name: expansion.table })}
    AND tgfoid = to_regproc(${quoteLiteral(sync)}) AND tgtype & 4 = 0`
  return found !== undefined
}

export function* refuseUnexpanded(expansions: readonly Expansion[]): Course {
  for (const expansion of expansions) if (!(yield* isExpanded(expansion))) throw new NotExpanded(expansion)
}

/** Looks at every row of each that is not contracted yet. */
export function* refuseApart(expansions: readonly Expansion[]): Course {
  for (const expansion of expansions) {
    if (!(yield* isExpanded(expansion))) continue
    const [counted] =
      yield `SELECT count(*) FILTER (WHERE ${isApart(expansion)}) AS apart, count(*) AS all FROM ${tableName(expansion)}`
    const { apart = '0', all = '0' } = counted ?? {}
    if (apart !== '0') throw new ColumnsApart(expansion, String(apart), String(all))
  }
}
