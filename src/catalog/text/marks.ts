import type { Row } from '../../connection/connection.ts'
import { isUsers } from '../scope.ts'

/** Whose each row is, a relation or an index, and which rows there are. */
const sources = [
  ['indexrelid', `pg_index WHERE ${isUsers('indexrelid')}`],
  ['attrelid', `pg_attribute WHERE ${isUsers('attrelid')} AND attnum > 0`],
  ['objoid', `pg_description WHERE classoid = 'pg_class'::regclass AND ${isUsers('objoid')}`],
  ['adrelid', 'pg_attrdef'],
  ['conrelid', `pg_constraint WHERE ${isUsers('conrelid')}`],
  ['tgrelid', 'pg_trigger'],
  ['inhrelid', 'pg_inherits'],
  ['partrelid', 'pg_partitioned_table'],
  ['seqrelid', 'pg_sequence'],
  // The column that owns a sequence is written nowhere else.
  [
    'objid',
    `pg_depend WHERE classid = 'pg_class'::regclass AND objid IN (SELECT seqrelid FROM pg_sequence) AND deptype IN ('a', 'i')`,
  ],
] as const

/** Pairs in one text: to give each as a row, or to group them, would take PostgreSQL longer than to find them. */
const pairs = (first: string, second: string, from: string) =>
  `(SELECT string_agg(${first} || ' ' || ${second}, ',') FROM ${from})`

/** What `marksIn` makes marks of, in one row. */
export const marksQuery = `SELECT ${[
  `${pairs('oid', 'xmin', `pg_class WHERE ${isUsers('oid')} AND relkind NOT IN ('i', 'I', 't')`)} AS relations`,
  `${pairs('oid', 'xmin', `pg_class WHERE ${isUsers('oid')} AND relkind IN ('i', 'I')`)} AS indexes`,
  `${pairs('indexrelid', 'indrelid', `pg_index WHERE ${isUsers('indexrelid')}`)} AS tables`,
  ...sources.map(([whose, rows], at) => `${pairs(whose, 'xmin', rows)} AS rows_${at}`),
].join(',\n')}`

/**
 * For each relation how many rows the catalogs have of it and its indexes, and the sum of their xmin. What writes a row gives it an xmin that is
 * greater than all before it; so there is not one write after which both are what they were.
 * https://www.postgresql.org/docs/current/ddl-system-columns.html
 */
export function marksIn({ relations, tables, ...rows }: Row): ReadonlyMap<number, string> {
  const marks = new Map(pairsIn(relations).map(([oid, xmin]) => [oid, { rows: 1, xmins: xmin }]))
  const tableOf = new Map(pairsIn(tables))
  for (const [oid, xmin] of Object.values(rows).flatMap(pairsIn)) {
    const mark = marks.get(tableOf.get(oid) ?? oid)
    if (mark === undefined) continue
    mark.rows++
    mark.xmins += xmin
  }
  return new Map([...marks].map(([oid, { rows, xmins }]) => [oid, `${rows} ${xmins}`]))
}

function pairsIn(text: unknown): readonly (readonly [number, number])[] {
  if (text === null) return []
  return String(text)
    .split(',')
    .map((pair) => {
      const space = pair.indexOf(' ')
      return [Number(pair.slice(0, space)), Number(pair.slice(space + 1))]
    })
}
