import type { Connection } from '../connection/connection.ts'
import { runPrepared } from '../connection/prepared.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** A check that names the values that may be: `status IN ('new', 'done')`. By its oid, its table's, and the numbers of its columns. */
export type ValueList = { readonly oid: number; readonly table: number; readonly columns: readonly number[] }

/** Those of all tables. How PostgreSQL keeps an expression says whether it looks a value up in a list: https://www.postgresql.org/docs/current/catalog-pg-constraint.html */
export async function valueLists(
  connection: Pick<Connection, 'run' | 'transaction'>,
): Promise<readonly ValueList[]> {
  const [found = []] = await runPrepared(connection, [
    {
      text: `SELECT oid::bigint AS oid, conrelid::bigint AS "table", array_to_json(conkey) AS columns FROM pg_constraint
        WHERE contype = 'c' AND conrelid >= 16384 AND strpos(conbin::text, '{SCALARARRAYOPEXPR') > 0`,
    },
  ])
  return found.map(({ oid, table, columns }) => ({
    oid: Number(oid),
    table: Number(table),
    columns: columns as readonly number[],
  }))
}

/** The checks of the same columns as such a list that is gone, as the oid of the table and the name. */
export async function narrowedChecks(
  connection: Pick<Connection, 'run'>,
  lists: readonly ValueList[],
): Promise<ReadonlySet<string>> {
  const [found] = await connection.run(
    `SELECT DISTINCT format('%s %s', conrelid::bigint, conname) AS check
      FROM json_to_recordset(${quoteLiteral(JSON.stringify(lists))}) AS list (oid bigint, "table" bigint, columns json)
      JOIN pg_constraint c ON c.conrelid = list."table" AND array_to_json(c.conkey)::text = list.columns::text
      WHERE contype = 'c' AND NOT EXISTS (SELECT FROM pg_constraint WHERE pg_constraint.oid = list.oid)`,
  )
  return new Set((found?.rows ?? []).map(({ check }) => String(check)))
}
