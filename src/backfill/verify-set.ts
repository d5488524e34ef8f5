import type { Connection, Row } from '../connection/connection.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import {
  type KeyColumn,
  type KeyPosition,
  keyExpression,
  keyOrder,
  keyTexts,
  positionExpression,
} from './key.ts'
import { assignmentList } from './set.ts'
import { mostExamples, type PageCheck, type PageVerdict, pageRows, type VerifyOptions } from './verify.ts'

/**
 * A row of a `set` is wrong if it is one that the backfill touches and has other values than it gives, each as the
 * column keeps it: `1.005` in a `numeric(4, 2)` is `1.01`.
 */
export async function setCheck(
  { connection, plan, repair }: VerifyOptions,
  key: readonly KeyColumn[],
  set: { readonly [column: string]: Value | Sql },
): Promise<PageCheck> {
  const table = qualifiedName({ ...plan, name: plan.table })
  const types = await columnTypes(connection, table)
  const differs = Object.entries(set)
    .map(([column, value]) => {
      const type = types.get(column)
      const given = isSql(value) ? `(${inlineSql(value)})` : literal(value)
      const kept = type === undefined ? given : `${given}::${type.name}`
      const as = type?.comparable === false ? '::text' : ''
      return `${quoteIdentifier(column)}${as} IS DISTINCT FROM ${kept}${as}`
    })
    .join(' OR ')
  const wrong =
    plan.where === undefined ? `(${differs})` : `((${inlineSql(plan.where)}) IS TRUE AND (${differs}))`
  return async (after) => {
    const behind =
      after === null ? 'true' : `${keyExpression(key)} > ${positionExpression(key, after, quoteLiteral)}`
    const [result] = await connection.run(`
      WITH page AS (SELECT *, ${wrong} AS limbeck_wrong FROM ${table} WHERE ${behind} ORDER BY ${keyOrder(key)} LIMIT ${pageRows})
      SELECT (SELECT count(*) FROM page) AS rows, (SELECT count(*) FROM page WHERE limbeck_wrong) AS wrong,
        (SELECT to_json(${keyTexts(key)}) FROM page ORDER BY ${keyOrder(key, 'DESC')} LIMIT 1) AS last,
        (SELECT json_agg(k) FROM (SELECT ${keyTexts(key)} AS k FROM page WHERE limbeck_wrong LIMIT ${mostExamples}) e) AS examples`)
    const row: Row = result?.rows[0] ?? {}
    const verdict = verdictOf(row)
    if (!repair || verdict.wrong === 0 || verdict.last === null) return verdict
    const range = `${behind} AND ${keyExpression(key)} <= ${positionExpression(key, verdict.last, quoteLiteral)}`
    const [updated] = await connection.run(
      `UPDATE ${table} SET ${assignmentList(set)} WHERE ${range} AND ${wrong}`,
    )
    return { ...verdict, repaired: updated?.rowCount ?? 0 }
  }
}

/** The type of each column, and whether two of its values can be compared: two of type `json` cannot. */
async function columnTypes(connection: Connection, table: string) {
  const [found] = await connection.run(`
    SELECT attname AS column, format_type(atttypid, atttypmod) AS name,
      typtype <> 'b' OR typcategory = 'A' OR EXISTS (
        SELECT 1 FROM pg_operator WHERE oprname = '=' AND oprleft = t.oid AND oprright = t.oid) AS comparable
    FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
    WHERE attrelid = ${quoteLiteral(table)}::regclass AND attnum > 0 AND NOT attisdropped`)
  return new Map(
    (found?.rows ?? []).map((row) => [
      String(row['column']),
      { name: String(row['name']), comparable: row['comparable'] === true },
    ]),
  )
}

function verdictOf(row: Row): PageVerdict {
  return {
    rows: Number(row['rows']),
    wrong: Number(row['wrong']),
    repaired: 0,
    last: row['last'] as KeyPosition | null,
    examples: (row['examples'] as readonly KeyPosition[] | null) ?? [],
  }
}
