import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import type { BatchWorker } from './batch.ts'
import { keyExpression, keyOrder, keyTexts, positionExpression } from './key.ts'

/**
 * Batches of UPDATE. The end of a batch is found first, by an index scan of its rows' keys; the update, its count and
 * the checkpoint are then one statement, and so one transaction.
 */
export function setWorker(plan: BackfillPlan, set: { readonly [column: string]: Value | Sql }): BatchWorker {
  const table = qualifiedName({ ...plan, name: plan.table })
  const assignments = Object.entries(set)
    .map(
      ([column, value]) =>
        `${quoteIdentifier(column)} = ${isSql(value) ? `(${inlineSql(value)})` : literal(value)}`,
    )
    .join(', ')
  const condition = plan.where === undefined ? '' : ` AND (${inlineSql(plan.where)})`

  return async ({ connection, key, after, upper, rows, checkpoint }) => {
    const inRange = (bound: readonly string[]) =>
      [
        ...(after === null
          ? []
          : [`${keyExpression(key)} > ${positionExpression(key, after, quoteLiteral)}`]),
        `${keyExpression(key)} <= ${positionExpression(key, bound, quoteLiteral)}`,
      ].join(' AND ')
    const [page] = await connection.run(`SELECT to_json(${keyTexts(key)}) AS last, count FROM (
      SELECT *, count(*) OVER () AS count FROM (
        SELECT ${key.map((column) => quoteIdentifier(column.name)).join(', ')} FROM ${table}
        WHERE ${inRange(upper)} ORDER BY ${keyOrder(key)} LIMIT ${rows}
      ) page
    ) counted ORDER BY ${keyOrder(key, 'DESC')} LIMIT 1`)
    const end = page?.rows[0]
    if (end === undefined) return null
    const last = end['last'] as readonly string[]
    const scanned = Number(end['count'])
    const [result] = await connection.run(`WITH changed AS (
      UPDATE ${table} SET ${assignments} WHERE ${inRange(last)}${condition} RETURNING 1
    ), written AS (SELECT count(*) AS rows FROM changed)
    ${checkpoint({ last, scanned, written: '(SELECT rows FROM written)' })} RETURNING (SELECT rows FROM written) AS written`)
    return { last, scanned, written: Number(result?.rows[0]?.['written']) }
  }
}
