import type { Connection, DatabaseError } from '../connection/connection.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { Block } from './block.ts'
import type { Picture, PicturedRelation } from './picture.ts'

/** Tables of which some rows stay: by a condition on a row of the table, which is called t. */
export type FewerRows = {
  readonly tables: readonly PicturedRelation[]
  keep(relation: PicturedRelation): string
  /** Whether they get new files: an index is built over the rows that its own transaction has deleted, too. */
  readonly truncates?: boolean
}

const none: FewerRows['keep'] = () => 'false'
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
    { tables: filled, keep: none, truncates: true },
  ]
}

/**
 * Where rows that others refer to are not let go, none of the table that refers to them: what is done to the others, and what goes with them, is seen then.
 * null where it is no other table that refuses.
 */
export async function withoutReferring(
  connection: Pick<Connection, 'run'>,
  filled: readonly PicturedRelation[],
  { refusal, words }: { readonly refusal: DatabaseError; readonly words: ReadonlySet<string> },
): Promise<FewerRows | null> {
  const { sqlState, constraint } = refusal.server
  if (!['23503', '23001'].includes(sqlState) || constraint === undefined) return null
  const [found] = await connection.run(
    `SELECT conrelid::bigint AS oid FROM pg_constraint WHERE contype = 'f' AND conname = ${quoteLiteral(constraint)}`,
  )
  const oids = new Set((found?.rows ?? []).map(({ oid }) => Number(oid)))
  const tables = filled.filter(({ oid, name }) => oids.has(oid) && !words.has(name))
  return tables.length === 0 ? null : { tables, keep: none }
}

/**
 * Takes rows away, without triggers and foreign keys, and says how many each table has left, by its oid; null where a table would have none left, and is to have
 * some: then all stay.
 */
export async function takeRows(
  connection: Pick<Connection, 'run'>,
  block: Block,
  fewer: FewerRows,
): Promise<ReadonlyMap<number, number> | null> {
  const { tables, keep, truncates = false } = fewer
  if (tables.length === 0) return null
  const left = await countRows(connection, tables, keep)
  if (keep !== none && [...left.values()].includes(0)) return null
  // What a trigger or a constraint has put off to the end refuses TRUNCATE.
  for (const text of [...(truncates ? [truncating(tables)] : []), taking(fewer)])
    if ((await block.run(text)) === null) return left
  return null
}

/** How many rows each table has that are to stay, by its oid. */
export async function countRows(
  connection: Pick<Connection, 'run'>,
  tables: readonly PicturedRelation[],
  keep: FewerRows['keep'] = () => 'true',
): Promise<ReadonlyMap<number, number>> {
  const counts = tables.map((relation) => {
    const rows = `(SELECT count(*) FROM ONLY ${qualifiedName(relation)} t WHERE ${keep(relation)})::integer`
    return `SELECT ${relation.oid} AS oid, ${rows} AS rows`
  })
  const [found] = await connection.run(counts.join(' UNION ALL '))
  return new Map((found?.rows ?? []).map(({ oid, rows }) => [Number(oid), Number(rows)]))
}

/** With tables without rows that refer to them. */
function truncating(tables: readonly PicturedRelation[]): string {
  const names = tables.map((relation) => `ONLY ${qualifiedName(relation)}`).join(', ')
  return quietly([`TRUNCATE ${names} CASCADE`])
}

/** The statements that take them away, of tables as they are called in a picture; those that are not in it yet are left out. */
export function taking({ tables, keep }: FewerRows, picture?: Picture): string {
  const there = tables.flatMap((table) => (picture === undefined ? table : (picture.get(table.oid) ?? [])))
  return quietly(
    there.map((relation) => `DELETE FROM ONLY ${qualifiedName(relation)} t WHERE NOT (${keep(relation)})`),
  )
}

/** Without triggers and foreign keys. */
export function quietly(statements: readonly string[]): string {
  return [
    'SET LOCAL session_replication_role = replica',
    ...statements,
    'SET LOCAL session_replication_role = origin',
  ].join(';\n')
}
