import { quoteLiteral } from '../sql/literal.ts'
import { chosenName, constraintName, ledger } from './text/clauses.ts'
import { apartParts, databasePart, otherParts } from './text/others.ts'
import { relationParts } from './text/relations.ts'

/**
 * All that `pg_dump --schema-only` shows of a database, as sorted lines in PostgreSQL's own words: two databases are
 * alike where their lines are. OIDs and the order of a table's columns are left out, since what is made again comes
 * last. Works on PostgreSQL 13 to 18.
 */
export async function catalogText(
  query: (sql: string) => Promise<readonly { readonly [column: string]: unknown }[]>,
  options: CatalogTextOptions = {},
): Promise<readonly string[]> {
  return catalogLines(await query(catalogQuery(options)))
}

/** The one query for it. */
export function catalogQuery(options: CatalogTextOptions = {}): string {
  const { apart, others, relations } = catalogQueries(options)
  return `SELECT line FROM (\n${apart}\nUNION ALL\n${others}\nUNION ALL\nSELECT line FROM (\n${relations}\n) relations\n) catalog ORDER BY line COLLATE "C"`
}

/** The same in three, not sorted: what is of one relation, each with its OID as `relation`, what shows none, and everything else. */
export function catalogQueries({
  ledgerSchema = 'limbeck',
  ofDatabase = true,
  notNullNames = 'all',
}: CatalogTextOptions = {}) {
  const query = (parts: readonly string[]) =>
    parts
      .join('\nUNION ALL\n')
      .replaceAll(ledger, quoteLiteral(ledgerSchema))
      // A dollar means something in a text that replaces.
      .replaceAll(constraintName, () => (notNullNames === 'all' ? 'k.conname' : chosenName))
  return {
    relations: query(relationParts),
    apart: query(apartParts),
    others: query(ofDatabase ? [...otherParts, databasePart] : otherParts),
  }
}

/** The text of the rows that it gives. */
export function catalogLines(rows: readonly { readonly [column: string]: unknown }[]): readonly string[] {
  return rows.map((row) => String(row['line']))
}

export type CatalogTextOptions = {
  /** The schema that is left out. Default: `limbeck`. */
  readonly ledgerSchema?: string
  /** Owner and privileges of the database itself too. Default: true. */
  readonly ofDatabase?: boolean
  /** The names of NOT NULL constraints, which PostgreSQL has from 18 on: all of them, or those that somebody has chosen. Default: all. */
  readonly notNullNames?: 'all' | 'chosen'
}
