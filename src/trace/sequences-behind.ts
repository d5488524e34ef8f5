import type { Connection } from '../connection/connection.ts'
import { runPrepared } from '../connection/prepared.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import type { TracedTransaction } from './subject.ts'
import { wordsOf } from './words.ts'

/** A column of unique values of which the next comes from a sequence. */
type CountedColumn = {
  readonly oid: number
  readonly number: number
  readonly table: { readonly schema: string; readonly name: string }
  readonly column: string
  readonly sequence: { readonly schema: string; readonly name: string }
}

/** One whose next value is there already. `isAnew`: the sequence begins at 1, below whatever there is. */
export type BehindColumn = Pick<CountedColumn, 'oid' | 'number' | 'column'> & { readonly isAnew: boolean }

/** Whether a migration may set a sequence, or have another one count. */
export function setsSequences(transactions: readonly TracedTransaction[]): boolean {
  const trees = transactions.flatMap((one) => one.statements.map(({ parsed }) => parsed.tree))
  return trees.some((tree) => {
    const words = wordsOf(tree)
    return (
      ['AlterSeqStmt', 'DoStmt', 'CallStmt'].includes(tree.kind) || setting.some((word) => words.has(word))
    )
  })
}

const setting = ['setval', 'AT_AddIdentity', 'AT_SetIdentity', 'AT_ColumnDefault']

export async function columnsBehind(
  connection: Pick<Connection, 'run' | 'transaction'>,
): Promise<readonly BehindColumn[]> {
  const [found = []] = await runPrepared(connection, [{ text: countedQuery }])
  const counted = found as unknown as readonly CountedColumn[]
  if (counted.length === 0) return []
  const [behind] = await connection.run(
    counted
      .map(
        ({ table, column, sequence }, at) =>
          `SELECT ${at} AS at, NOT s.is_called AND s.last_value = 1 AS "isAnew" FROM ${qualifiedName(sequence)} s
            WHERE s.last_value + s.is_called::integer <= (SELECT max(${quoteIdentifier(column)}) FROM ${qualifiedName(table)})`,
      )
      .join(' UNION ALL '),
  )
  return (behind?.rows ?? []).flatMap(({ at, isAnew }) => {
    const { oid, number, column } = counted[Number(at)] ?? {}
    return oid === undefined || number === undefined || column === undefined
      ? []
      : [{ oid: Number(oid), number: Number(number), column, isAnew: isAnew === true }]
  })
}

/** By the identity of a column, or by its default; of those that count upwards. */
const countedQuery = `
  SELECT c.oid::bigint AS oid, a.attnum AS number, a.attname AS column, json_build_object('schema', n.nspname, 'name', c.relname) AS "table",
    json_build_object('schema', m.nspname, 'name', s.relname) AS sequence
  FROM (
    SELECT refobjid AS relid, refobjsubid AS attnum, objid AS seqid FROM pg_depend
      WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND deptype = 'i' AND refobjsubid > 0
    UNION SELECT adrelid, adnum, refobjid FROM pg_attrdef d JOIN pg_depend ON classid = 'pg_attrdef'::regclass AND objid = d.oid AND refclassid = 'pg_class'::regclass
  ) AS counted
  JOIN pg_class c ON c.oid = relid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = relid AND a.attnum = counted.attnum
  JOIN pg_class s ON s.oid = seqid AND s.relkind = 'S' JOIN pg_namespace m ON m.oid = s.relnamespace
  WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
    AND (SELECT seqincrement > 0 FROM pg_sequence WHERE seqrelid = s.oid)
    AND EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisunique AND indkey[0] = a.attnum)
  ORDER BY 1, 2`
