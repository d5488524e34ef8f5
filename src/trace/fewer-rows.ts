import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import type { PicturedRelation } from './picture.ts'

/** Tables of which some rows stay: by a condition on a row of the table, which is called t. */
export type FewerRows = {
  readonly tables: readonly PicturedRelation[]
  keep(relation: PicturedRelation): string
}

export const none: FewerRows['keep'] = () => 'false'
const one: FewerRows['keep'] = (relation) =>
  `t.ctid = (SELECT ctid FROM ONLY ${qualifiedName(relation)} LIMIT 1)`

/**
 * Which rows are left, one after the other, until a statement can run: those without a NULL in a column that it names, one alone, none; of the tables
 * that it names, and then of all, since a domain or a function names none.
 */
export function fewerRows(
  filled: readonly PicturedRelation[],
  named: ReadonlySet<string>,
): readonly FewerRows[] {
  const concerned = filled.filter(({ name }) => named.has(name))
  const whole: FewerRows['keep'] = ({ columns }) =>
    columns
      .filter(({ name }) => named.has(name))
      .map(({ name }) => `t.${quoteIdentifier(name)} IS NOT NULL`)
      .join(' AND ') || 'true'
  return [
    ...(concerned.length === 0 ? [] : [whole, one, none].map((keep) => ({ tables: concerned, keep }))),
    { tables: filled, keep: one },
    { tables: filled, keep: none },
  ]
}
