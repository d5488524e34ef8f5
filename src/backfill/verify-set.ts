import type { Row } from '../connection/connection.ts'
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

/** A row of a `set` is wrong if it is one that the backfill touches and has other values than it gives. */
export function setCheck(
  { connection, plan, repair }: VerifyOptions,
  key: readonly KeyColumn[],
  set: { readonly [column: string]: Value | Sql },
): PageCheck {
  const table = qualifiedName({ ...plan, name: plan.table })
  const differs = Object.entries(set)
    .map(
      ([column, value]) =>
        `${quoteIdentifier(column)} IS DISTINCT FROM ${isSql(value) ? `(${inlineSql(value)})` : literal(value)}`,
    )
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

function verdictOf(row: Row): PageVerdict {
  return {
    rows: Number(row['rows']),
    wrong: Number(row['wrong']),
    repaired: 0,
    last: row['last'] as KeyPosition | null,
    examples: (row['examples'] as readonly KeyPosition[] | null) ?? [],
  }
}
